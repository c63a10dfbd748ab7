import type { ImageDetections, ImageGroundTruth } from '@rcnn/eval';
import type { Size } from '@rcnn/geometry';

/** The ground truth to score by, and how to read the detections that answer to it. */
export interface ScoreInputs {
  /** Label i stands for `classes[i − 1]`. */
  readonly classes: readonly string[];
  /** Groups of labels that resemble each other. */
  readonly similar: readonly (readonly number[])[];
  readonly groundTruth: readonly ImageGroundTruth[];
  /** How well each keypoint can be placed, for the measure of keypoints; COCO's seventeen where absent. */
  readonly sigmas?: readonly number[];
  readonly readDetections: (path: string) => Promise<readonly ImageDetections[]>;
  /** What is known of an image's file, by its number in `groundTruth`. */
  readonly imageInfo: (index: number) => ImageInfo;
}

/** Where an image may be found. */
export interface ImageInfo {
  readonly title: string;
  /** Paths to try, in the folder of the images unless absolute. */
  readonly files: readonly string[];
  readonly size: Size | undefined;
}
