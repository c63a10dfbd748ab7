import type { Dataset, Example } from '@rcnn/datasets';

/** @throws Error if no object of a dataset has a mask to learn from; a crowd's is none */
export function requireMasks({ root, split, examples }: Pick<Dataset, 'root' | 'split' | 'examples'>): void {
  if (!examples.some(hasMask)) throw new Error(`${root}: expected masks to learn, as in COCO's instances files, found none in ${split}`);
}

function hasMask({ instances, groundTruth: { segmentations, crowd } }: Example): boolean {
  return instances !== undefined || (segmentations?.some((segmentation, i) => segmentation !== undefined && crowd[i] === 0) ?? false);
}
