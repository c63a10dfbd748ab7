import type { Dataset } from '@rcnn/datasets';

/** A quarter of a VGA image at the most, so that a CPU can train; never above the size of the images. */
export function inputSize(dataset: Pick<Dataset, 'examples'>): { minSize: number; maxSize: number } {
  // Not as arguments of one Math.min: a dataset may have more images than a call may have arguments.
  const shorter = dataset.examples.reduce((least, { width, height }) => Math.min(least, width, height), 240);
  return { minSize: shorter, maxSize: Math.round((shorter * 4) / 3) };
}
