import type { Rng } from '@rcnn/geometry';
import type { Hierarchy } from '../grouping/hierarchy.ts';

/**
 * How regions of several hierarchies are brought into one order, the lowest rank first, `u` uniform in [0, 1):
 * - `position`: u · i, i = 1 for the last merge, the whole image, 2 for the one before … (Uijlings et al. 2013, section 4)
 * - `level`: u · level, 1 for the regions of the segmentation: OpenCV's, which begins with the small ones
 */
export const rankings = ['position', 'level'] as const;
/** One of {@link rankings}. */
export type Ranking = (typeof rankings)[number];

/** Writes the rank of each node of a hierarchy from `offset` on. */
export function rankNodes({ count, levels }: Hierarchy, ranking: Ranking, rng: Rng, ranks: Float32Array, offset: number): void {
  for (let node = 0; node < count; node++) {
    ranks[offset + node] = rng.uniform() * (ranking === 'level' ? levels[node] : count - node);
  }
}
