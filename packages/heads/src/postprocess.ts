import {
  clipBoxes, concatBoxes, decodeBoxes, removeSmallBoxes, takeBoxes,
  type BoxDeltas, type Boxes, type Keypoints, type Rle, type Size,
} from '@rcnn/geometry';
import { suppress, type Suppression } from './suppress.ts';

/** Detected objects of one image, best first. */
export interface Detections {
  readonly boxes: Boxes;
  /** Classes, 1…K. */
  readonly labels: Int32Array;
  readonly scores: Float32Array;
  /** Their masks, of the image's size, where the detector finds any. */
  readonly masks?: readonly Rle[];
  /** Their keypoints [R, K, 3], of visibility 1, where the detector finds any, … */
  readonly keypoints?: Keypoints;
  /** … and the logit of each where it was found [R, K]: not a probability, and of any sign. */
  readonly keypointScores?: Float32Array;
}

/** Options of {@link postprocess}. */
export interface PostprocessOptions {
  readonly scoreThreshold?: number;
  readonly nmsThreshold?: number;
  /** How boxes that overlap a better one of their class are dealt with. */
  readonly suppression?: Suppression;
  /** Detections kept an image. */
  readonly limit?: number;
  readonly minSize?: number;
  /** Weights of the box coding. */
  readonly weights?: readonly [number, number, number, number];
}

/**
 * The detections of one image from what the head said of its regions (Fast R-CNN, §2.4): each class's own boxes above
 * the score threshold, clipped, suppressed class by class, the best of all kept. `probabilities` [R, K + 1], `deltas`
 * [R, 4 (K + 1)].
 */
export function postprocess(
  probabilities: Float32Array,
  deltas: Float32Array,
  regions: Boxes,
  image: Size,
  { scoreThreshold = 0.05, nmsThreshold = 0.5, suppression = 'nms', limit = 100, minSize = 1e-2, weights = [10, 10, 5, 5] }: PostprocessOptions = {},
): Detections {
  const count = regions.length / 4;
  const classes = count === 0 ? 1 : probabilities.length / count;
  const parts: Boxes[] = [];
  const labels: number[] = [];
  const scores: number[] = [];
  for (let label = 1; label < classes; label++) {
    const above: number[] = [];
    for (let region = 0; region < count; region++) {
      if (probabilities[region * classes + label] > scoreThreshold) above.push(region);
    }
    const own = new Float32Array(4 * above.length) as BoxDeltas;
    above.forEach((region, i) => own.set(deltas.subarray(4 * (region * classes + label), 4 * (region * classes + label + 1)), 4 * i));
    const boxes = clipBoxes(decodeBoxes(own, takeBoxes(regions, above), { weights }), image);
    const large = removeSmallBoxes(boxes, minSize);
    parts.push(takeBoxes(boxes, large));
    for (const i of large) {
      labels.push(label);
      scores.push(probabilities[above[i] * classes + label]);
    }
  }
  const boxes = concatBoxes(parts);
  const kept = suppress(boxes, Float32Array.from(scores), Int32Array.from(labels), { suppression, threshold: nmsThreshold, limit, scoreThreshold });
  return {
    boxes: takeBoxes(boxes, kept.indices),
    labels: Int32Array.from(kept.indices, (i) => labels[i]),
    scores: kept.scores,
  };
}
