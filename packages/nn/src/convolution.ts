import * as tf from '@tensorflow/tfjs-core';
import { activate, type Activation } from './activation.ts';
import { convolveDepthwise, type convolve, type Padding } from './convolve.ts';
import { convolveGrouped } from './convolve-grouped.ts';
import { groupNorm } from './group-norm.ts';
import { constant, kaimingNormal, type Initializer } from './initializers.ts';
import { batchNorm, frozenBatchNorm, type Pass } from './norm.ts';
import type { Parameters } from './parameters.ts';

/** A map [N, H, W, C] to another. */
export type Layer = (x: tf.Tensor4D, pass: Pass) => tf.Tensor4D;

/** Options of {@link convolution}. */
export interface ConvolutionOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly activation?: Activation;
  readonly initializer?: Initializer;
  /** Groups of channels that do not see each other. */
  readonly groups?: number;
}

/** A convolution with a bias: parameters `weight` and `bias`. Padding keeps the extent unless told otherwise. */
export function convolution(
  parameters: Parameters,
  { inChannels, outChannels, kernel = 3, stride = 1, padding = (kernel - 1) / 2, activation = 'linear', initializer = kaimingNormal(), groups = 1 }: ConvolutionOptions,
): (x: tf.Tensor4D) => tf.Tensor4D {
  const weight = parameters.create('weight', [kernel, kernel, inChannels / groups, outChannels], initializer, { layout: { kind: 'convolution' } });
  const bias = parameters.create('bias', [outChannels], constant(0));
  return (x) => convolveGrouped(x, weight as tf.Tensor4D, bias as tf.Tensor1D, groups, { stride, padding, activation });
}

/**
 * What normalises a convolution's result. `frozen`: batch norm with the statistics and parameters it was given.
 * `trained`: batch norm. `group`: group norm. `folded`: a bias alone, for weights into which batch norm was folded.
 */
export type NormKind = 'frozen' | 'trained' | 'group' | 'folded';

/** Options of {@link normalizedConvolution}. */
export interface NormalizedConvolutionOptions extends Omit<ConvolutionOptions, 'inChannels' | 'groups'> {
  readonly norm: NormKind;
  /** Channels in; `depthwise` for one filter a channel. */
  readonly inChannels: number | 'depthwise';
  /** Groups of channels that do not see each other. */
  readonly groups?: number;
  /** ε of a frozen or trained batch norm. */
  readonly epsilon?: number;
}

/**
 * A convolution without bias, its norm, and an activation, as one layer: the norm's parameters at `normParameters`,
 * the filter at `parameters`. Frozen and folded norms run inside the convolution.
 */
export function normalizedConvolution(
  parameters: Parameters,
  normParameters: Parameters,
  {
    norm, inChannels, outChannels, groups = 1, kernel = 3, stride = 1, padding = (kernel - 1) / 2, activation = 'linear',
    initializer = kaimingNormal(), epsilon = 1e-5,
  }: NormalizedConvolutionOptions,
): Layer {
  const depthwise = inChannels === 'depthwise';
  const shape = depthwise ? [kernel, kernel, outChannels, 1] : [kernel, kernel, inChannels / groups, outChannels];
  const firstValues: Initializer = depthwise ? (_, rng) => initializer([kernel, kernel, 1, outChannels], rng) : initializer;
  const layout = { kind: depthwise ? 'depthwise' : 'convolution' } as const;
  const weight = parameters.create('weight', shape, firstValues, { layout }) as tf.Tensor4D;
  const apply: typeof convolve = depthwise ? convolveDepthwise : (x, filter, bias, options) => convolveGrouped(x, filter, bias, groups, options);
  const geometry = { stride, padding };
  switch (norm) {
    case 'folded': {
      const bias = normParameters.create('bias', [outChannels], constant(0)) as tf.Tensor1D;
      return (x) => apply(x, weight, bias, { ...geometry, activation });
    }
    case 'frozen': {
      const affine = frozenBatchNorm(normParameters, outChannels, { epsilon });
      const perChannel = depthwise ? [1, 1, outChannels, 1] : [1, 1, 1, outChannels];
      return (x) =>
        tf.tidy(() => {
          const { scale, shift } = affine();
          return apply(x, tf.mul(weight, tf.reshape(scale, perChannel)), shift, { ...geometry, activation });
        });
    }
    case 'trained': {
      const normalize = batchNorm(normParameters, outChannels, { epsilon });
      return (x, pass) => tf.tidy(() => activate(normalize(apply(x, weight, undefined, geometry), pass), activation));
    }
    case 'group': {
      const normalize = groupNorm(normParameters, outChannels, { groups: groupsFor(outChannels), activation });
      return (x, pass) => tf.tidy(() => normalize(apply(x, weight, undefined, geometry), pass));
    }
  }
}

/** 32 groups as in the paper; fewer where the channels are few or no multiple of 32, of 8 channels or so each. */
function groupsFor(channels: number): number {
  return [32, 16, 8, 4, 2].find((groups) => channels % groups === 0 && channels / groups >= 2) ?? 1;
}
