/** Outline of an object as COCO writes it: polygons `[x, y, x, y, …]`, or run lengths of a bitmap, column by column. */
export type CocoSegmentation = readonly (readonly number[])[] | CocoRle;

/** Run lengths of a bitmap in column-major order, zeros first: plain numbers, or COCO's packed text. */
export interface CocoRle {
  /** `[height, width]` */
  readonly size: readonly [number, number];
  readonly counts: string | readonly number[];
}

/** One entry of `images`. */
export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

/** One entry of `annotations`; `bbox` is `[x, y, width, height]`. */
export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: readonly [number, number, number, number];
  readonly area: number;
  readonly iscrowd: 0 | 1;
  readonly segmentation?: CocoSegmentation;
  /** `[x, y, v]` of each keypoint of the category, one after another; v is 0 not labelled, 1 hidden, 2 visible. */
  readonly keypoints?: readonly number[];
  /** How many of them are labelled. */
  readonly num_keypoints?: number;
}

/** One entry of `categories`. */
export interface CocoCategory {
  readonly id: number;
  readonly name: string;
  readonly supercategory?: string;
  /** Names of the keypoints its objects have. */
  readonly keypoints?: readonly string[];
  /** Pairs of keypoints to be joined by a line, counted from 1. */
  readonly skeleton?: readonly (readonly [number, number])[];
}

/** An instances file of COCO, or a person_keypoints file (cocodataset.org, "Data format"). */
export interface CocoInstances {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly CocoCategory[];
}
