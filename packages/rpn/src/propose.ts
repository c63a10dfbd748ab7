import {
  batchedNms, clipBoxes, decodeBoxes, removeSmallBoxes, scoreOrder, takeBoxes,
  type BoxDeltas, type Boxes, type Size,
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
  /** Shortest side of a proposal, in pixels. */
  readonly minSize?: number;
  readonly scoreThreshold?: number;
}

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
  { preNms = 1000, postNms = 1000, nmsThreshold = 0.7, minSize = 1e-3, scoreThreshold = 0 }: ProposeOptions = {},
): Proposals {
  const chosen: number[] = [];
  const levels: number[] = [];
  let begin = 0;
  anchors.counts.forEach((count, level) => {
    for (const index of scoreOrder(objectness.subarray(begin, begin + count)).subarray(0, preNms)) {
      chosen.push(begin + index);
      levels.push(level);
    }
    begin += count;
  });
  const decoded = decodeBoxes(takeBoxes(deltas as unknown as Boxes, chosen) as unknown as BoxDeltas, takeBoxes(anchors.boxes, chosen));
  const clipped = clipBoxes(decoded, image);
  const scores = Float32Array.from(chosen, (anchor) => 1 / (1 + Math.exp(-objectness[anchor])));
  const large = removeSmallBoxes(clipped, minSize).filter((i) => scores[i] >= scoreThreshold);
  const boxes = takeBoxes(clipped, large);
  const kept = batchedNms(
    boxes,
    Float32Array.from(large, (i) => scores[i]),
    Int32Array.from(large, (i) => levels[i]),
    { threshold: nmsThreshold, limit: postNms },
  );
  return { boxes: takeBoxes(boxes, kept), scores: Float32Array.from(kept, (i) => scores[large[i]]) };
}
