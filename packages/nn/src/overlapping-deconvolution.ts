import * as tf from '@tensorflow/tfjs-core';
import { constant, kaimingNormal, type Initializer } from './initializers.ts';
import type { Parameters } from './parameters.ts';
import { spreadPixels } from './spread-pixels.ts';

/** Options of {@link overlappingDeconvolution}. */
export interface OverlappingDeconvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Even: how many times larger the map becomes, and half the filter's side. */
  readonly stride?: number;
  readonly initializer?: Initializer;
}

/**
 * A transposed convolution with a filter of twice its stride, of which half a stride is cut off on every side, and a bias:
 * y[s·i + a − s/2, s·j + b − s/2] sums W[a, b] · x[i, j], [N, H, W, Ci] → [N, sH, sW, Co]. Parameters `weight`
 * [2s, 2s, Co, Ci] and `bias`. The filter's four quarters do not overlap by themselves, so that it is four deconvolutions, laid a stride apart.
 */
export function overlappingDeconvolution(
  parameters: Parameters,
  { inChannels, outChannels, stride = 2, initializer = kaimingNormal() }: OverlappingDeconvolutionOptions,
): (x: tf.Tensor4D) => tf.Tensor4D {
  const side = 2 * stride;
  const firstValues: Initializer = (_, rng) => initializer([side, side, inChannels, outChannels], rng);
  const weight = parameters.create('weight', [side, side, outChannels, inChannels], firstValues, { layout: { kind: 'convolution' } });
  const bias = parameters.create('bias', [outChannels], constant(0));
  return (x) =>
    tf.tidy(() => {
      const [images, height, width] = x.shape;
      const quarters = [0, stride].flatMap((top) =>
        [0, stride].map((left) => {
          const filters = tf.slice(weight, [top, left, 0, 0], [stride, stride, outChannels, inChannels]);
          return tf.pad(spreadPixels(x, filters), [[0, 0], [top, stride - top], [left, stride - left], [0, 0]]);
        }),
      );
      const whole = quarters.reduce((sum, quarter) => tf.add(sum, quarter));
      const map = tf.slice(whole, [0, stride / 2, stride / 2, 0], [images, stride * height, stride * width, outChannels]);
      return tf.add<tf.Tensor4D>(map, bias);
    });
}
