import { encodeBoxes, matchBoxes, sampleBalanced, takeBoxes, type Boxes, type Matches, type Rng, type Size } from '@rcnn/geometry';

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
  /** Anchors that reach over the image's edge by more than these pixels take no part (§3.3); none are left out by default. */
  readonly boundary?: { readonly image: Size; readonly pixels: number };
}

/**
 * Labels and regression targets of an image's anchors (Faster R-CNN, §3.1.2): positive are the anchors with the highest
 * overlap of some object, and those above `foreground`; a balanced sample of them is learnt from.
 */
export function rpnTargets(
  groundTruth: Boxes,
  anchors: Boxes,
  rng: Rng,
  { foreground = 0.7, background = 0.3, count = 256, positiveFraction = 0.5, boundary }: RpnTargetOptions = {},
): RpnTargets {
  const inside = boundary === undefined ? undefined : insideImage(anchors, boundary);
  const matches = matchInside(groundTruth, anchors, inside, { foreground, background });
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

/** The indices of anchors that lie within an image, give or take some pixels. */
function insideImage(anchors: Boxes, { image, pixels }: { readonly image: Size; readonly pixels: number }): Uint32Array {
  const inside: number[] = [];
  for (let i = 0; i < anchors.length; i += 4) {
    const [left, top, right, bottom] = anchors.subarray(i, i + 4);
    if (left >= -pixels && top >= -pixels && right <= image.width + pixels && bottom <= image.height + pixels) inside.push(i / 4);
  }
  return Uint32Array.from(inside);
}

/** The best anchor of an object is the best of those that take part. */
function matchInside(
  groundTruth: Boxes, anchors: Boxes, inside: Uint32Array | undefined,
  options: { readonly foreground: number; readonly background: number },
): Matches {
  if (inside === undefined) return matchBoxes(groundTruth, anchors, { ...options, lowQuality: true });
  const matches = matchBoxes(groundTruth, takeBoxes(anchors, inside), { ...options, lowQuality: true });
  const original = (indices: Uint32Array): Uint32Array => indices.map((i) => inside[i]);
  return { ...matches, positives: original(matches.positives), negatives: original(matches.negatives) };
}
