import * as tf from '@tensorflow/tfjs-core';
import { activate, activationGradient, activationRange, type Activation } from './activation.ts';
import { constant } from './initializers.ts';
import type { Norm } from './norm.ts';
import type { Parameters } from './parameters.ts';

/** Options of {@link groupNorm}. */
export interface GroupNormOptions {
  readonly groups?: number;
  readonly epsilon?: number;
  /** What follows in the same pass. */
  readonly activation?: Activation;
}

/**
 * Wu & He 2018: x̂ = (x − μ)/√(σ² + ε) with the statistics of each image's groups of channels, then γ · x̂ + β, so that
 * small batches train as well as large ones. x [N, H, W, C]. Where the engine has kernels `GroupNorm` and `GroupNormGrad`
 * they do it in two passes over the memory, forward and backward.
 * @throws RangeError if the channels are no multiple of `groups`
 */
export function groupNorm(
  parameters: Parameters,
  channels: number,
  { groups = 32, epsilon = 1e-5, activation = 'linear' }: GroupNormOptions = {},
): Norm {
  if (channels % groups !== 0) throw new RangeError(`groupNorm: expected channels in multiples of ${groups}, got ${channels}`);
  const weight = parameters.create('weight', [channels], constant(1));
  const bias = parameters.create('bias', [channels], constant(0));
  return (x) => {
    if (channels % 4 === 0 && tf.getKernel('GroupNorm', tf.getBackend()) !== undefined) {
      registerGradient();
      const [low, high] = activationRange(activation);
      const attributes = { groups, epsilon, low, high, activation };
      const [y] = tf.tidy(() => tf.engine().runKernel<tf.Tensor4D[]>('GroupNorm', { x, weight, bias }, attributes).slice(0, 1));
      return y;
    }
    return tf.tidy(() => activate(groupNormOfOps(x, weight, bias, groups, epsilon), activation));
  };
}

function groupNormOfOps(x: tf.Tensor4D, weight: tf.Tensor, bias: tf.Tensor, groups: number, epsilon: number): tf.Tensor4D {
  const [images, height, width, channels] = x.shape;
  const perGroup = channels / groups;
  // Sums per channel first, over the pixels, then over the few channels of each group.
  const groupMean = (map: tf.Tensor4D): tf.Tensor => {
    const sums = tf.reshape(tf.sum(map, [1, 2]), [images, groups, perGroup]);
    const means = tf.div(tf.sum(sums, 2, true), height * width * perGroup);
    return tf.reshape(tf.tile(means, [1, 1, perGroup]), [images, 1, 1, channels]);
  };
  const centred = tf.sub<tf.Tensor4D>(x, groupMean(x));
  const scale = tf.div(weight, tf.sqrt(tf.add(groupMean(tf.square(centred)), epsilon)));
  return tf.add(tf.mul(centred, scale), bias);
}

function registerGradient(): void {
  if (tf.getGradient('GroupNorm') !== undefined) return;
  tf.registerGradient({
    kernelName: 'GroupNorm',
    inputsToSave: ['x', 'weight'],
    outputsToSave: [true, true],
    gradFunc: (dys, saved, attributes) => {
      const [x, weight, y, statistics] = saved;
      const dy = Array.isArray(dys) ? (dys)[0] : dys;
      const { activation } = attributes as unknown as { activation: Activation };
      // One kernel computes all three, so there is nothing to gain from computing them only when asked.
      const dz = activationGradient(dy, y, activation);
      const [dx, dweight, dbias] = tf.engine().runKernel<tf.Tensor[]>('GroupNormGrad', { dz, x, weight, statistics }, attributes);
      return { x: () => dx, weight: () => dweight, bias: () => dbias };
    },
  });
}
