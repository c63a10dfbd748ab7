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
 * @throws Error if a loss is not finite; the parameters are then as before
 */
export function trainingStep(
  model: FasterRcnn,
  optimizer: Optimizer,
  batch: { readonly images: readonly RgbImage[]; readonly objects: readonly Objects[] },
  rng: Rng,
  learningRate: number,
): TrainingStep {
  const parameters = trainable(model.parameters, model.config.backbone.frozen);
  const { losses, gradients } = gradientsOf(parameters, () => model.losses(batch.images, batch.objects, rng));
  try {
    for (const [name, loss] of Object.entries(losses)) {
      if (!Number.isFinite(loss)) throw new Error(`training: the ${name} loss is ${loss}; a lower learning rate may help`);
    }
    return { losses, gradientNorm: optimizer.step(gradients, learningRate) };
  } finally {
    tf.dispose([...gradients.values()]);
  }
}
