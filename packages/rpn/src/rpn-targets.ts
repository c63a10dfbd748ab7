import { encodeBoxes, matchBoxes, sampleBalanced, takeBoxes, type Boxes, type Rng } from '@rcnn/geometry';

/** What an image's anchors are to learn, dense over all its anchors. */
export interface RpnTargets {
  /** 1 for an object, 0 for background. */
  readonly labels: Float32Array; // [A]
  /** 1 where the anchor is in the sample. */
  readonly sampled: Float32Array; // [A]
  readonly deltas: Float32Array; // [A, 4]
  /** 1 where the anchor is a positive of the sample, for each of its four deltas. */
  readonly regressed: Float32Array; // [A, 4]
  /** How many anchors are in the sample. */
  readonly count: number;
}

/** Options of {@link rpnTargets}. */
export interface RpnTargetOptions {
  /** An anchor is an object at this IoU or above. */
  readonly foreground?: number;
  /** … and background below this one. */
  readonly background?: number;
  /** Anchors sampled an image. */
  readonly count?: number;
  /** At most this share of them objects. */
  readonly positiveFraction?: number;
}

/**
 * Labels and regression targets of an image's anchors (Faster R-CNN, §3.1.2): positive are the anchors with the highest
 * overlap of some object, and those above `foreground`; a balanced sample of them is learnt from.
 */
export function rpnTargets(
  groundTruth: Boxes,
  anchors: Boxes,
  rng: Rng,
  { foreground = 0.7, background = 0.3, count = 256, positiveFraction = 0.5 }: RpnTargetOptions = {},
): RpnTargets {
  const matches = matchBoxes(groundTruth, anchors, { foreground, background, lowQuality: true });
  const sample = sampleBalanced(matches, { count, positiveFraction }, rng);
  const anchorCount = anchors.length / 4;
  const labels = new Float32Array(anchorCount);
  const sampled = new Float32Array(anchorCount);
  const deltas = new Float32Array(4 * anchorCount);
  const regressed = new Float32Array(4 * anchorCount);
  const targets = encodeBoxes(takeBoxes(groundTruth, sample.groundTruth), takeBoxes(anchors, sample.positives));
  sample.positives.forEach((anchor, i) => {
    labels[anchor] = 1;
    sampled[anchor] = 1;
    deltas.set(targets.subarray(4 * i, 4 * i + 4), 4 * anchor);
    regressed.fill(1, 4 * anchor, 4 * anchor + 4);
  });
  for (const anchor of sample.negatives) sampled[anchor] = 1;
  return { labels, sampled, deltas, regressed, count: sample.positives.length + sample.negatives.length };
}
