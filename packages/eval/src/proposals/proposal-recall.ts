import { cocoIouThresholds, type AreaRange } from '../coco-options.ts';
import { checkAscending } from '../check-options.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import type { ImageProposals } from './image-proposals.ts';
import { objectOverlaps, type ProposalMatching } from './object-overlaps.ts';

/** How {@link proposalRecall} measures. */
export interface ProposalRecallOptions {
  /** How many proposals an image may have, best first, ascending: 10, 100, 1000. */
  readonly budgets?: readonly number[];
  /** Overlaps from which an object counts as found, ascending: .5, .55, …, .95. */
  readonly iouThresholds?: readonly number[];
  /** `one-to-one` (the default): a proposal serves one object. `best`: it may serve several. */
  readonly matching?: ProposalMatching;
  /** Only objects of these areas; all where absent. */
  readonly areaRange?: AreaRange;
}

/** What {@link proposalRecall} finds; NaN everywhere if there is no object. B budgets, T IoU thresholds. */
export interface ProposalRecall {
  /** How many objects there were to find: crowds and difficult ones not counted. */
  readonly objects: number;
  readonly budgets: readonly number[];
  readonly iouThresholds: readonly number[];
  /** The part of the objects that are overlapped by the threshold or more. [B, T], row-major */
  readonly recall: Float64Array;
  /** Mean of `recall` over the thresholds, as the COCO API and Detectron2 have it. [B] */
  readonly averageRecall: Float64Array;
  /** `2 ∫ recall(o) do` over o from .5 to 1, which is the mean of `2 max(IoU − .5, 0)` (Hosang et al. 2016, §4.3). [B] */
  readonly continuousAverageRecall: Float64Array;
}

/**
 * How many objects proposals reach: recall against IoU for some budgets, and against the budget for some IoUs
 * (Hosang et al. 2016, "What makes for effective detection proposals?", §4). Classes play no part.
 * @throws RangeError if an input or option is malformed or an image is not in the ground truth
 */
export function proposalRecall(
  groundTruth: readonly ImageGroundTruth[],
  proposals: readonly ImageProposals[],
  { budgets = [10, 100, 1000], iouThresholds = cocoIouThresholds, matching = 'one-to-one', areaRange }: ProposalRecallOptions = {},
): ProposalRecall {
  checkAscending('proposalRecall', 'budgets', budgets);
  checkAscending('proposalRecall', 'iouThresholds', iouThresholds, 1);
  const { labels, overlaps } = objectOverlaps('proposalRecall', groundTruth, proposals, budgets, matching, areaRange);
  const objects = labels.length;
  const recall = new Float64Array(budgets.length * iouThresholds.length);
  const continuousAverageRecall = new Float64Array(budgets.length);
  budgets.forEach((_, b) => {
    const own = overlaps.subarray(b * objects, (b + 1) * objects);
    iouThresholds.forEach((threshold, t) => {
      recall[b * iouThresholds.length + t] = own.reduce((sum, iou) => sum + (iou >= threshold ? 1 : 0), 0) / objects;
    });
    continuousAverageRecall[b] = own.reduce((sum, iou) => sum + 2 * Math.max(iou - 0.5, 0), 0) / objects;
  });
  const averageRecall = Float64Array.from(budgets, (_, b) => {
    const own = recall.subarray(b * iouThresholds.length, (b + 1) * iouThresholds.length);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return { objects, budgets, iouThresholds, recall, averageRecall, continuousAverageRecall };
}
