import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Rng } from '@rcnn/geometry';
import { gradientsOf, trainable, type Optimizer } from '@rcnn/nn';
import type { FasterRcnn, FasterRcnnLosses, Objects } from './faster-rcnn.ts';

/** What a step of training did. */
export interface TrainingStep {
  readonly losses: Readonly<Record<keyof FasterRcnnLosses, number>>;
  /** Norm of the gradients before clipping. */
  readonly gradientNorm: number;
}

/**
 * One step of approximate joint training on a batch.
 * @throws Error if a loss or the gradients are not finite; the parameters are then as before, running statistics too
 */
export function trainingStep(
  model: FasterRcnn,
  optimizer: Optimizer,
  batch: { readonly images: readonly RgbImage[]; readonly objects: readonly Objects[] },
  rng: Rng,
  learningRate: number,
): TrainingStep {
  const statistics = keepStatistics(model);
  try {
    const parameters = trainable(model.parameters, model.config.backbone.frozen);
    const { losses, gradients } = gradientsOf(parameters, () => model.losses(batch.images, batch.objects, rng));
    try {
      for (const [name, loss] of Object.entries(losses)) expectFinite(`${name} loss`, loss);
      const gradientNorm = optimizer.step(gradients, learningRate);
      expectFinite('norm of the gradients', gradientNorm);
      return { losses, gradientNorm };
    } finally {
      tf.dispose([...gradients.values()]);
    }
  } catch (error) {
    statistics.restore();
    throw error;
  } finally {
    statistics.dispose();
  }
}

function expectFinite(what: string, value: number): void {
  if (!Number.isFinite(value)) throw new Error(`training: the ${what} is ${value}; a lower learning rate may help`);
}

/** The running statistics, which a forward pass of trained batch norm changes. The clones share the variables' memory. */
function keepStatistics({ config, parameters }: FasterRcnn): { readonly restore: () => void; readonly dispose: () => void } {
  const kept = parameters
    .filter(({ buffer }) => buffer && config.backbone.norm === 'trained')
    .map(({ variable }) => ({ variable, values: tf.clone<tf.Tensor>(variable) }));
  return {
    restore: () => {
      for (const { variable, values } of kept) variable.assign(values);
    },
    dispose: () => {
      for (const { values } of kept) values.dispose();
    },
  };
}
