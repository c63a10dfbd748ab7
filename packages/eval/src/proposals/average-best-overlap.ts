import type { ImageGroundTruth } from '../ground-truth.ts';
import type { ImageProposals } from './image-proposals.ts';
import { objectOverlaps } from './object-overlaps.ts';

/** What {@link averageBestOverlap} finds. */
export interface BestOverlap {
  /** Mean of the classes' ABO; NaN where there is no object. */
  readonly mabo: number;
  /** One entry for each label that has objects, ascending. */
  readonly classes: readonly { readonly label: number; readonly abo: number; readonly objects: number }[];
}

/**
 * Average best overlap (ABO) of each class and its mean (MABO), the measure of selective search:
 * `ABO_c = 1 / |G_c| · Σ_g max_l IoU(g, l)` over the class's objects g and the proposals l of their image (Uijlings et al.
 * 2013, §5.1, eq. 6). Crowds and difficult objects are left out.
 * @param options `budget`: how many proposals an image may have, best first; all unless given
 * @throws RangeError if an input is malformed or an image is not in the ground truth
 */
export function averageBestOverlap(
  groundTruth: readonly ImageGroundTruth[],
  proposals: readonly ImageProposals[],
  { budget = Infinity }: { readonly budget?: number } = {},
): BestOverlap {
  if (!(budget > 0)) throw new RangeError(`averageBestOverlap: expected a budget above 0, got ${budget}`);
  const { labels, overlaps } = objectOverlaps('averageBestOverlap', groundTruth, proposals, [budget], 'best');
  const sums = new Map<number, { objects: number; sum: number }>();
  labels.forEach((label, i) => {
    const { objects, sum } = sums.get(label) ?? { objects: 0, sum: 0 };
    sums.set(label, { objects: objects + 1, sum: sum + overlaps[i] });
  });
  const classes = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([label, { objects, sum }]) => ({ label, abo: sum / objects, objects }));
  return { mabo: classes.reduce((sum, { abo }) => sum + abo, 0) / classes.length, classes };
}
