import * as tf from '@tensorflow/tfjs-core';
import { dropout, factoredLinear, linear, normal, type Initializer, type Layout, type Parameters } from '@rcnn/nn';
import type { RegionNetwork } from './region-network.ts';

/** Options of {@link fullyConnected}. */
export interface FullyConnectedOptions {
  /** Channels and side of the pooled map that fc6 reads; its height and width where they are others. */
  readonly channels: number;
  readonly pooledSize: number;
  readonly pooled?: readonly [number, number];
  readonly hidden: readonly [number, number];
  /** Ranks of the two after truncated SVD (Fast R-CNN, §3.1): each is then two smaller layers. */
  readonly ranks?: readonly [number, number] | null;
  /** Without, the two are not made, and must not be called. */
  readonly layers?: boolean;
  readonly initializer?: Initializer;
}

/** The two fully connected layers of a classifier with their ReLUs and dropout of one half, at the places given. */
export function fullyConnected(
  [first, second]: readonly [Parameters, Parameters],
  { channels, pooledSize, pooled = [pooledSize, pooledSize], hidden, ranks = null, layers = true, initializer }: FullyConnectedOptions,
): Pick<RegionNetwork, 'pooled' | 'fc6' | 'fc7'> {
  if (!layers) return { pooled, fc6: absent, fc7: absent };
  const [height, width] = pooled;
  const make = (at: Parameters, inputs: number, outputs: number, rank: number | undefined, layout: Layout): ((x: tf.Tensor2D) => tf.Tensor2D) => {
    const options = { inputs, outputs, activation: 'relu', layout, initializer: initializer ?? normal(Math.sqrt(2 / inputs)) } as const;
    return rank === undefined ? linear(at, options) : factoredLinear(at, { ...options, rank });
  };
  const fc6 = make(first, height * width * channels, hidden[0], ranks?.[0], { kind: 'flattened', height, width, channels });
  const fc7 = make(second, hidden[0], hidden[1], ranks?.[1], { kind: 'linear' });
  return {
    pooled,
    fc6: (x, rng) => (rng === undefined ? fc6(x) : tf.tidy(() => dropout(fc6(x), rng))),
    fc7: (x, rng) => (rng === undefined ? fc7(x) : tf.tidy(() => dropout(fc7(x), rng))),
  };
}

/** Pooled maps [R, P, P, C] as rows. */
export function flattened(pooled: tf.Tensor4D): tf.Tensor2D {
  const [regions, height, width, channels] = pooled.shape;
  return tf.reshape(pooled, [regions, height * width * channels]);
}

function absent(): never {
  throw new Error('RegionNetwork: expected a network with fully connected layers, got its convolutions alone');
}
