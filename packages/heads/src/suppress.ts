import { batchedNms, softNmsGaussian, softNmsLinear, takeBoxes, type Boxes, type SoftNmsResult } from '@rcnn/geometry';

/**
 * What happens to a box that overlaps a better one of its class. `nms`: it is dropped. `soft-linear`, `soft-gaussian`: its
 * score decays (Bodla et al. 2017).
 */
export type Suppression = 'nms' | 'soft-linear' | 'soft-gaussian';

/** Options of {@link suppress}. */
export interface SuppressOptions {
  readonly suppression: Suppression;
  /** IoU above which `nms` drops a box and `soft-linear` lets it decay. */
  readonly threshold: number;
  readonly limit: number;
  /** A score that decays below this is dropped. */
  readonly scoreThreshold: number;
}

/** The boxes that are left of each class, all classes together, best first, with their scores. */
export function suppress(
  boxes: Boxes, scores: Float32Array, labels: Int32Array,
  { suppression, threshold, limit, scoreThreshold }: SuppressOptions,
): SoftNmsResult {
  if (suppression === 'nms') {
    const indices = batchedNms(boxes, scores, labels, { threshold, limit });
    return { indices, scores: Float32Array.from(indices, (i) => scores[i]) };
  }
  const left: { readonly index: number; readonly score: number }[] = [];
  for (const label of new Set(labels)) {
    const own = [...labels.keys()].filter((i) => labels[i] === label);
    const [ownBoxes, ownScores] = [takeBoxes(boxes, own), Float32Array.from(own, (i) => scores[i])];
    const soft = suppression === 'soft-linear'
      ? softNmsLinear(ownBoxes, ownScores, { threshold, scoreThreshold })
      : softNmsGaussian(ownBoxes, ownScores, { scoreThreshold });
    soft.indices.forEach((at, i) => left.push({ index: own[at], score: soft.scores[i] }));
  }
  const best = left.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, limit);
  return { indices: Uint32Array.from(best, ({ index }) => index), scores: Float32Array.from(best, ({ score }) => score) };
}
