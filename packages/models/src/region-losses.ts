import type { Boxes } from '@rcnn/geometry';
import { generalizedIouRegionLosses, regionLosses, type BoxPredictions, type BoxTargets, type DeltaStatistics, type RegionLosses } from '@rcnn/heads';

/** The losses of boxes: smooth L1 of their deltas, or 1 − GIoU of the boxes (Rezatofighi et al. 2019). */
export const boxLossNames = ['smooth-l1', 'giou'] as const;

/** One of {@link boxLossNames}. */
export type BoxLossName = (typeof boxLossNames)[number];

/** The losses of regions by the functions of a configuration; `statistics` are what the deltas are normalised by. */
export function configuredRegionLosses(
  { loss, beta }: { readonly loss: BoxLossName; readonly beta: number }, statistics: DeltaStatistics,
): (said: BoxPredictions, targets: BoxTargets, regions: Boxes) => RegionLosses {
  switch (loss) {
    case 'smooth-l1':
      return (said, targets) => regionLosses(said, targets, { beta });
    case 'giou':
      return (said, targets, regions) => generalizedIouRegionLosses(said, targets, regions, { statistics });
  }
}
