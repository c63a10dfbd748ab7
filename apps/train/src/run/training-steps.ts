import type { TrainingConfig } from './run-config.ts';

/**
 * How many steps a training takes on so many images, and how many an epoch has; the last batch of an epoch may be smaller.
 * @throws Error if there is none
 */
export function trainingSteps({ epochs, batchSize }: Pick<TrainingConfig, 'epochs' | 'batchSize'>, images: number): { readonly steps: number; readonly perEpoch: number } {
  const perEpoch = Math.ceil(images / batchSize);
  const steps = Math.round(epochs * perEpoch);
  if (steps === 0) throw new Error(`training.epochs: expected one step at least, got ${epochs} epochs of ${perEpoch} steps`);
  return { steps, perEpoch };
}
