import { describe, expect, it } from 'vitest';
import { trainingSteps } from './training-steps.ts';

describe('trainingSteps', () => {
  it('counts whole batches and what is left', () => {
    expect(trainingSteps({ epochs: 3, batchSize: 4 }, 9)).toEqual({ steps: 9, perEpoch: 3 });
    expect(trainingSteps({ epochs: 0.3, batchSize: 2 }, 6)).toEqual({ steps: 1, perEpoch: 3 });
  });

  it('refuses a training of no step', () => {
    expect(() => trainingSteps({ epochs: 1e-9, batchSize: 4 }, 9)).toThrow('training.epochs: expected one step at least, got 1e-9 epochs of 3 steps');
  });
});
