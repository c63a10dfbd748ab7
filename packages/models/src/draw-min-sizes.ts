import type { Rng } from '@rcnn/geometry';
import type { ImageConfig } from './config.ts';

/**
 * A shorter side for each of so many images, drawn from those that a configuration lists for training; nothing is drawn where it
 * lists none: each then is `minSize`.
 */
export function drawMinSizes(count: number, { minSize, trainSizes = [] }: Pick<ImageConfig, 'minSize' | 'trainSizes'>, rng: Rng): number[] {
  return Array.from({ length: count }, () => (trainSizes.length === 0 ? minSize : trainSizes[rng.integer(trainSizes.length)]));
}
