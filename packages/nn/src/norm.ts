import * as tf from '@tensorflow/tfjs-core';
import { constant } from './initializers.ts';
import type { Parameters } from './parameters.ts';

/** Whether a pass through a layer belongs to training: batch norm alone treats the two differently. */
export interface Pass {
  readonly training: boolean;
}

/** A map to a map of the same extent. */
export type Norm = (x: tf.Tensor4D, pass: Pass) => tf.Tensor4D;

/** γ · x̂ + β with γ and β as scale and shift per channel, from the constants of a frozen batch norm. */
export interface Affine {
  readonly scale: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
}

function affineParameters(parameters: Parameters, channels: number, buffer: boolean): { weight: tf.Variable; bias: tf.Variable } {
  return {
    weight: parameters.create('weight', [channels], constant(1), { buffer }),
    bias: parameters.create('bias', [channels], constant(0), { buffer }),
  };
}

function runningStatistics(parameters: Parameters, channels: number): { mean: tf.Variable; variance: tf.Variable } {
  return {
    mean: parameters.create('running_mean', [channels], constant(0), { buffer: true }),
    variance: parameters.create('running_var', [channels], constant(1), { buffer: true }),
  };
}

/**
 * Batch norm whose statistics and parameters stay as they were trained: scale = γ/√(σ² + ε), shift = β − μ · scale.
 * The caller folds both into the convolution before it, so that it costs nothing per pixel.
 */
export function frozenBatchNorm(parameters: Parameters, channels: number, { epsilon = 1e-5 }: { epsilon?: number } = {}): () => Affine {
  const { weight, bias } = affineParameters(parameters, channels, true);
  const { mean, variance } = runningStatistics(parameters, channels);
  return () => {
    const scale = tf.div<tf.Tensor1D>(weight, tf.sqrt(tf.add(variance, epsilon)));
    return { scale, shift: tf.sub(bias, tf.mul(mean, scale)) };
  };
}

/**
 * Ioffe & Szegedy 2015: x̂ = (x − μ)/√(σ² + ε) with the batch's statistics in training and their running averages
 * otherwise, then γ · x̂ + β. The running variance is the unbiased one, as PyTorch's is.
 */
export function batchNorm(parameters: Parameters, channels: number, { epsilon = 1e-5, momentum = 0.1 }: { epsilon?: number; momentum?: number } = {}): Norm {
  const { weight, bias } = affineParameters(parameters, channels, false);
  const running = runningStatistics(parameters, channels);
  return (x, { training }) =>
    tf.tidy(() => {
      if (!training) return standardize(x, running.mean, running.variance, weight, bias, epsilon);
      const count = x.size / channels;
      const mean = tf.div(tf.sum(x, [0, 1, 2]), count);
      const variance = tf.div(tf.sum(tf.square(tf.sub(x, mean)), [0, 1, 2]), count);
      const follow = (average: tf.Variable, value: tf.Tensor): void => {
        average.assign(tf.add(tf.mul(average, 1 - momentum), tf.mul(value, momentum)));
      };
      follow(running.mean, mean);
      follow(running.variance, tf.mul(variance, count / Math.max(count - 1, 1)));
      return standardize(x, mean, variance, weight, bias, epsilon);
    });
}

function standardize(
  x: tf.Tensor4D, mean: tf.Tensor, variance: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, epsilon: number,
): tf.Tensor4D {
  const scale = tf.div(weight, tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), bias);
}
