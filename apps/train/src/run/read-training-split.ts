import type { Dataset } from '@rcnn/datasets';
import { listSplits, readDataset, type ReadOptions } from '@rcnn/datasets/node';

/**
 * The split to train on: the one named; without a name `trainval`, else `train`, be there a year behind it or none, else the only one there is.
 * @throws Error as {@link readDataset}; without a name, if there are several splits and none of these
 */
export async function readTrainingSplit(root: string, split: string | undefined, options: Pick<ReadOptions, 'onProblem' | 'keypoints'>): Promise<Dataset> {
  if (split !== undefined) return readDataset(root, { split, ...options });
  const splits = await listSplits(root, options);
  const usual = ['trainval', 'train'].find((name) => splits.some((each) => each.replace(/\d{4}$/, '') === name));
  return readDataset(root, { split: usual ?? (splits.length === 1 ? splits[0] : 'train'), ...options });
}
