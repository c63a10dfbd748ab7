import { dropout, linear, normal, type Parameters } from '@rcnn/nn';
import type { RegionNetwork } from './region-network.ts';

/** Options of {@link fullyConnected}. */
export interface FullyConnectedOptions {
  /** Channels, height and width of the pooled map that fc6 reads. */
  readonly channels: number;
  readonly pooled: readonly [number, number];
  readonly hidden: readonly [number, number];
}

/** The two fully connected layers of a classifier with their ReLUs and dropout of one half, at the places given. */
export function fullyConnected(
  [first, second]: readonly [Parameters, Parameters],
  { channels, pooled: [height, width], hidden }: FullyConnectedOptions,
): Pick<RegionNetwork, 'pooled' | 'fc6' | 'fc7'> {
  const layout = { kind: 'flattened', height, width, channels } as const;
  const inputs = height * width * channels;
  const fc6 = linear(first, { inputs, outputs: hidden[0], activation: 'relu', layout, initializer: normal(Math.sqrt(2 / inputs)) });
  const fc7 = linear(second, { inputs: hidden[0], outputs: hidden[1], activation: 'relu', initializer: normal(Math.sqrt(2 / hidden[0])) });
  return {
    pooled: [height, width],
    fc6: (flattened, rng) => (rng === undefined ? fc6(flattened) : dropout(fc6(flattened), rng)),
    fc7: (features, rng) => (rng === undefined ? fc7(features) : dropout(fc7(features), rng)),
  };
}
