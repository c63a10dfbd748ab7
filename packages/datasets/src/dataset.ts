import type { Boxes, Keypoints } from '@rcnn/geometry';
import type { CocoSegmentation } from './coco-format.ts';
import type { Problem } from './problem.ts';

/** The N annotated objects of one image, column by column. */
export interface GroundTruth {
  readonly boxes: Boxes; // [N, 4]
  /** Classes, 1…K; 0 is the background and does not occur. */
  readonly labels: Int32Array; // [N]
  /** 1 where Pascal VOC calls the object difficult: neither a find nor a miss when it is scored. */
  readonly difficult: Uint8Array; // [N]
  /** 1 where COCO's one box stands for a crowd of objects. */
  readonly crowd: Uint8Array; // [N]
  /** 1 where the object goes on outside its box (Pascal VOC). */
  readonly truncated?: Uint8Array; // [N]
  /** Areas of the segmentations in pixels (COCO), by which COCO's metric sorts objects into small, medium and large. */
  readonly areas?: Float64Array; // [N]
  /** Outlines or bitmaps as COCO writes them; undefined for an object that has none. */
  readonly segmentations?: readonly (CocoSegmentation | undefined)[]; // [N]
  /** Keypoints in the order of {@link Dataset.keypointNames}; not labelled throughout (v = 0) for an object that has none. */
  readonly keypoints?: Keypoints; // [N, K, 3]
}

/** An image of numbers, one a pixel, that says which object each pixel belongs to; read when masks are asked for. */
export interface InstanceImage {
  readonly file: string;
  /** The number of each object in it. */
  readonly values: Int32Array; // [N]
  /** A like image of class numbers, by which the classes can be checked. */
  readonly classFile?: string;
}

/** The formats of folders. */
export type DatasetFormat = 'voc' | 'coco' | 'yolo' | 'labelme' | 'masks';

/** One image of a dataset and what is in it. */
export interface Example {
  /** Name within the split: the file's stem in Pascal VOC, the image id in COCO. */
  readonly id: string;
  /** COCO's numeric image id. */
  readonly imageId?: number;
  /** Path of the image. */
  readonly file: string;
  /** Width in pixels, as annotated. */
  readonly width: number;
  /** Height in pixels, as annotated. */
  readonly height: number;
  readonly groundTruth: GroundTruth;
  /** Where the masks are, if they are in a file of their own (Pascal VOC's `SegmentationObject`). */
  readonly instances?: InstanceImage;
}

/** One split of a detection dataset. */
export interface Dataset {
  readonly format: DatasetFormat;
  /** The folder it was read from. */
  readonly root: string;
  readonly split: string;
  /** Names of labels 1…K, in order: label `i + 1` is `classes[i]`. */
  readonly classes: readonly string[];
  /** COCO's category id of each class, for writing results back. */
  readonly categoryIds?: readonly number[];
  /** Names of the K keypoints an object has, if objects have any. */
  readonly keypointNames?: readonly string[];
  /** Pairs of keypoints to be joined by a line when they are drawn, counted from 0. */
  readonly skeleton?: readonly (readonly [number, number])[];
  readonly examples: readonly Example[];
  /** What was left out or mended, and why. */
  readonly problems: readonly Problem[];
}
