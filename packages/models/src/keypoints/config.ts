import type { FasterRcnnConfig } from '../config.ts';

/** The keypoints of an object: what they are called, and which of them are joined. */
export interface KeypointNames {
  /** K names. Those that begin with `left` have one with `right` beside them, which takes their place in a mirror. */
  readonly names: readonly string[];
  /** Pairs of keypoints, from 0, that a drawing joins by a line. */
  readonly skeleton?: readonly (readonly [number, number])[] | undefined;
}

/** Mask R-CNN for human poses, with a feature pyramid: Faster R-CNN's numbers, and those of keypoints. */
export interface KeypointRcnnConfig extends Omit<FasterRcnnConfig, 'model'> {
  readonly model: 'keypoint-rcnn';
  readonly keypoints: KeypointNames & {
    /** Side of the pooled features; heat maps have four times as many cells a side. */
    readonly resolution: number;
    /** 3×3 convolutions before the deconvolution, and how wide they are. */
    readonly layers: number;
    readonly hidden: number;
  };
}
