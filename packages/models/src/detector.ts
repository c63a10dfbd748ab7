import type * as tf from '@tensorflow/tfjs-core';
import type { Boxes, RgbImage, Rng } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import type { Parameter } from '@rcnn/nn';
import type { DetectorConfig } from './config.ts';
import type { Objects } from './objects.ts';

/** Named losses, each a scalar tensor. */
export type Losses<Name extends string = string> = Readonly<Record<Name, tf.Scalar>>;

/**
 * A part of a detection that has come to its end, all before it computed: the maps that regions are pooled from, with what a region
 * proposal network says on them; the proposals; classes and boxes; masks or keypoints.
 */
export type DetectionPart = 'features' | 'proposals' | 'boxes' | 'masks' | 'keypoints';

/** What {@link Detector.detect} may be told beside images and proposals. */
export interface DetectOptions {
  /**
   * Called at the end of each part that a detector has, so that who has a clock can tell what each costs; again and again where it computes
   * scale by scale, or image by image. A network run on every region has no features that end: they are part of the boxes.
   */
  readonly onPart?: (part: DetectionPart) => void;
}

/** A detector trained end to end: what training, evaluation and detection need of it, whichever it is. */
export interface Detector<Name extends string = string> {
  readonly config: DetectorConfig;
  readonly parameters: readonly Parameter[];
  /**
   * The losses of a batch, for a gradient to be taken of their sum; whatever is sampled is drawn from `rng`. Predictions
   * may be read synchronously on the way, so the engine must allow that.
   * @throws RangeError if there are not objects for each image, a label for each box, or a label is none of 1…K
   * @throws Error if predictions are not finite
   */
  readonly losses: (images: readonly RgbImage[], objects: readonly Objects[], rng: Rng) => Losses<Name>;
  /**
   * The objects in each image, best first, boxes in its own pixels; `proposals` for a detector that makes none itself.
   * @throws Error if that has not got them for each image
   */
  readonly detect: (images: readonly RgbImage[], proposals?: readonly Boxes[], options?: DetectOptions) => Promise<Detections[]>;
  readonly dispose: () => void;
}
