import {
  concatBoxes, encodeBoxes, matchBoxes, sampleBalanced, takeBoxes,
  type BoxDeltas, type Boxes, type Matches, type Rng,
} from '@rcnn/geometry';

/** The regions of one image that the box head learns from, and what it is to say of them. */
export interface SampledRegions {
  readonly boxes: Boxes; // [R, 4]
  /** Classes, 0 for background. */
  readonly labels: Int32Array; // [R]
  /** Zeros for background. */
  readonly deltas: BoxDeltas; // [R, 4]
  /** The object that each of the first P regions shows, by its place in the ground truth; the other regions are background. */
  readonly objects: Uint32Array; // [P]
}

/** Options of {@link sampleRegions}. */
export interface SampleRegionsOptions {
  /** A region is an object at this IoU or above. */
  readonly foreground?: number;
  /** … and background from the first of these IoUs up to the second; everything below `foreground` by default. */
  readonly background?: readonly [number, number];
  /** Regions sampled an image. */
  readonly count?: number;
  /** At most this share of them objects. */
  readonly positiveFraction?: number;
  /** Weights of the box coding. */
  readonly weights?: readonly [number, number, number, number];
}

/**
 * A balanced sample of an image's proposals, with the ground truth among them (Fast R-CNN, §2.3): objects first, then
 * background.
 */
export function sampleRegions(
  proposals: Boxes,
  groundTruth: { readonly boxes: Boxes; readonly labels: Int32Array },
  rng: Rng,
  { foreground = 0.5, background = [0, foreground], count = 512, positiveFraction = 0.25, weights = [10, 10, 5, 5] }: SampleRegionsOptions = {},
): SampledRegions {
  const candidates = concatBoxes([proposals, groundTruth.boxes]);
  const [from, below] = background;
  const matches = withoutNegativesBelow(from, groundTruth.boxes, candidates, matchBoxes(groundTruth.boxes, candidates, { foreground, background: below }));
  const sample = sampleBalanced(matches, { count, positiveFraction }, rng);
  const positives = takeBoxes(candidates, sample.positives);
  const boxes = concatBoxes([positives, takeBoxes(candidates, sample.negatives)]);
  const labels = new Int32Array(boxes.length / 4);
  sample.groundTruth.forEach((object, i) => (labels[i] = groundTruth.labels[object]));
  const deltas = new Float32Array(boxes.length) as BoxDeltas;
  deltas.set(encodeBoxes(takeBoxes(groundTruth.boxes, sample.groundTruth), positives, { weights }));
  return { boxes, labels, deltas, objects: Uint32Array.from(sample.groundTruth) };
}

/** Fast R-CNN learns from backgrounds that overlap an object a little: "hard" ones, by a rule of thumb. */
function withoutNegativesBelow(iou: number, groundTruth: Boxes, candidates: Boxes, matches: Matches): Matches {
  if (iou <= 0) return matches;
  const far = new Set(matchBoxes(groundTruth, candidates, { foreground: iou, background: iou }).negatives);
  return { ...matches, negatives: matches.negatives.filter((candidate) => !far.has(candidate)) };
}
