import * as tf from '@tensorflow/tfjs-core';
import { activate, type Activation } from './activation.ts';
import { constant, kaimingNormal, type Initializer } from './initializers.ts';
import type { Parameters } from './parameters.ts';
import { spreadPixels } from './spread-pixels.ts';

/** Options of {@link deconvolution}. */
export interface DeconvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Side of the filter and stride: how many times larger the map becomes. */
  readonly stride?: number;
  readonly activation?: Activation;
  readonly initializer?: Initializer;
}

/**
 * A transposed convolution with a filter as large as its stride, and a bias: y[s·i + a, s·j + b] = W[a, b] · x[i, j] + bias,
 * [N, H, W, Ci] → [N, sH, sW, Co]. Parameters `weight` [s, s, Co, Ci] and `bias`.
 */
export function deconvolution(
  parameters: Parameters,
  { inChannels, outChannels, stride = 2, activation = 'linear', initializer = kaimingNormal() }: DeconvolutionOptions,
): (x: tf.Tensor4D) => tf.Tensor4D {
  // The initializer sees what every output sums, and the values land in the layout that PyTorch's exchange of axes gives.
  const firstValues: Initializer = (_, rng) => initializer([stride, stride, inChannels, outChannels], rng);
  const weight = parameters.create('weight', [stride, stride, outChannels, inChannels], firstValues, { layout: { kind: 'convolution' } });
  const bias = parameters.create('bias', [outChannels], constant(0));
  return (x) => tf.tidy(() => activate(tf.add<tf.Tensor4D>(spreadPixels(x, weight), bias), activation));
}
