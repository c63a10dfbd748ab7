import { flavours, modes, strategies, type Flavour, type Mode, type Strategy } from './presets.ts';
import { rankings } from './ranking.ts';

/** A preset, and what of it is to be otherwise. */
export interface StrategyOptions extends Partial<Strategy> {
  readonly flavour?: Flavour;
  readonly mode?: Mode;
}

/**
 * The strategy of a preset with some of it replaced.
 * @throws RangeError if there is no such flavour, mode or ranking, a list is empty, or a number is out of its range
 */
export function resolveStrategy({ flavour = 'opencv', mode = 'fast', ...overrides }: StrategyOptions = {}): Strategy {
  if (!flavours.includes(flavour)) throw new RangeError(`expected a flavour (${flavours.join(', ')}), got ${flavour}`);
  if (!modes.includes(mode)) throw new RangeError(`expected a mode (${modes.join(', ')}), got ${mode}`);
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const strategy: Strategy = { ...strategies[flavour][mode], ...(Object.fromEntries(given) as Partial<Strategy>) };
  const { colourSpaces, ks, similarities, ranking, minBoxSize } = strategy;
  for (const [name, list] of Object.entries({ colourSpaces, ks, similarities })) {
    if (list.length === 0) throw new RangeError(`expected at least one of ${name}, got none`);
  }
  if (!rankings.includes(ranking)) throw new RangeError(`expected a ranking (${rankings.join(', ')}), got ${ranking}`);
  if (!(minBoxSize >= 0)) throw new RangeError(`expected a minBoxSize of at least 0, got ${minBoxSize}`);
  return strategy;
}
