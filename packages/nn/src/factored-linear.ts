import * as tf from '@tensorflow/tfjs-core';
import { linear, type LinearOptions } from './linear.ts';
import { kaimingUniform } from './initializers.ts';
import type { Parameters } from './parameters.ts';

/** Options of {@link factoredLinear}. */
export interface FactoredLinearOptions extends LinearOptions {
  readonly rank: number;
}

/**
 * A linear layer whose weights are a product of two smaller matrices (Fast R-CNN, §3.1): y = activation((x · L) · U + b), L
 * [inputs, rank], U [rank, outputs]: rank · (inputs + outputs) products in place of inputs · outputs. Parameters `L.weight`,
 * `U.weight`, `U.bias`; the first has no bias.
 */
export function factoredLinear(
  parameters: Parameters,
  { inputs, outputs, rank, activation = 'linear', initializer = kaimingUniform(), layout = { kind: 'linear' } }: FactoredLinearOptions,
): (x: tf.Tensor2D) => tf.Tensor2D {
  const lower = parameters.at('L').create('weight', [inputs, rank], initializer, { layout }) as tf.Tensor2D;
  const upper = linear(parameters.at('U'), { inputs: rank, outputs, activation, initializer });
  return (x) => tf.tidy(() => upper(tf.matMul(x, lower)));
}
