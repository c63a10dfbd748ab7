import {
  batchedNms, clipBoxes, createRng, decodeBoxes, removeSmallBoxes, scoreOrder, takeBoxes,
  type BoxDeltas, type Boxes, type Rng, type Size,
} from '@rcnn/geometry';
import type { PyramidAnchors } from './anchors.ts';

/** Regions that may hold an object, best first. */
export interface Proposals {
  readonly boxes: Boxes;
  /** Probabilities of being an object. */
  readonly scores: Float32Array;
}

/** Options of {@link propose}. */
export interface ProposeOptions {
  /** Anchors kept a level before suppression. */
  readonly preNms?: number;
  /** Proposals kept in all. */
  readonly postNms?: number;
  readonly nmsThreshold?: number;
  /** Shortest side of a proposal, in pixels; whatever it is, a box without area is none. */
  readonly minSize?: number;
  readonly scoreThreshold?: number;
  /** Which anchors are kept: those of the highest scores, or any, as in the paper's ablation without "cls" (§4.1). */
  readonly ranking?: 'score' | 'random';
  /** Whether anchors are moved by their deltas, or are proposals as they stand: the ablation without "reg". */
  readonly regression?: boolean;
  /** What `random` draws from. */
  readonly rng?: Rng;
}

/** The least number above 0 in single precision. */
const LEAST_SIDE = 2 ** -149;

/**
 * The proposals of one image from its objectness logits [A] and deltas [A, 4] (Faster R-CNN, §3.3; a level at a time as
 * in FPN, §4.1): the best anchors of each level, decoded, clipped to the image, without the smallest, suppressed within
 * their level.
 */
export function propose(
  objectness: Float32Array,
  deltas: BoxDeltas,
  anchors: PyramidAnchors,
  image: Size,
  { preNms = 1000, postNms = 1000, nmsThreshold = 0.7, minSize = 1e-3, scoreThreshold = 0, ranking = 'score', regression = true, rng }: ProposeOptions = {},
): Proposals {
  // Detection has no generator at hand: the same seed gives the same proposals.
  const random = rng ?? createRng(0);
  const chosen: number[] = [];
  const levels: number[] = [];
  let begin = 0;
  anchors.counts.forEach((count, level) => {
    const order = ranking === 'score' ? scoreOrder(objectness.subarray(begin, begin + count)) : random.permutation(count);
    for (const index of order.subarray(0, preNms)) {
      chosen.push(begin + index);
      levels.push(level);
    }
    begin += count;
  });
  const references = takeBoxes(anchors.boxes, chosen);
  const moved = regression ? decodeBoxes(takeBoxes(deltas as unknown as Boxes, chosen) as unknown as BoxDeltas, references) : references;
  const clipped = clipBoxes(moved, image);
  const scores = Float32Array.from(chosen, (anchor) => (ranking === 'score' ? 1 / (1 + Math.exp(-objectness[anchor])) : random.uniform()));
  // An anchor of the padding has no area once it is clipped: with no minimum, as in Detectron2, it has to go too.
  const large = removeSmallBoxes(clipped, Math.max(minSize, LEAST_SIDE)).filter((i) => scores[i] >= scoreThreshold);
  const boxes = takeBoxes(clipped, large);
  const kept = batchedNms(
    boxes,
    Float32Array.from(large, (i) => scores[i]),
    Int32Array.from(large, (i) => levels[i]),
    { threshold: nmsThreshold, limit: postNms },
  );
  return { boxes: takeBoxes(boxes, kept), scores: Float32Array.from(kept, (i) => scores[large[i]]) };
}
