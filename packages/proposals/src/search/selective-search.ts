import { createRng, emptyBoxes, scoreOrder } from '@rcnn/geometry';
import type { Hierarchy } from '../grouping/hierarchy.ts';
import type { Proposals } from '../proposals.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import type { SourceImage } from '../source-image.ts';
import { distinctBoxes } from './distinct-boxes.ts';
import { hierarchies } from './hierarchies.ts';
import { rankNodes } from './ranking.ts';
import { resolveStrategy, type StrategyOptions } from './resolve-strategy.ts';

/** What {@link selectiveSearch} may be told. */
export interface SelectiveSearchOptions extends StrategyOptions {
  /** The same seed gives the same proposals; another one, another order. */
  readonly seed?: number;
  /** At most so many boxes, the first in rank. */
  readonly max?: number;
  /** Memory to work in: who keeps one for many images saves getting it anew each time. */
  readonly scratch?: Scratch;
}

/**
 * Selective search (Uijlings et al. 2013): hierarchical groupings of several segmentations in several colour spaces, all their
 * regions' boxes in one order, exact duplicates once. Scores are 1 / (1 + rank). The image is taken as it is: who wants
 * R-CNN's 500 pixels of width resizes before.
 * @throws RangeError if the image's `data` does not fit its size, or an option is out of its range
 */
export function selectiveSearch(image: SourceImage, { seed = 0, max = Infinity, scratch = createScratch(), ...options }: SelectiveSearchOptions = {}): Proposals {
  if (!(max >= 0)) throw new RangeError(`selectiveSearch: expected a max of at least 0, got ${max}`);
  const strategy = resolveStrategy(options);
  const found: Hierarchy[] = [];
  for (const { hierarchy } of hierarchies(image, strategy, scratch)) {
    found.push(hierarchy);
  }
  const count = found.reduce((sum, hierarchy) => sum + hierarchy.count, 0);
  const boxes = new Int32Array(4 * count);
  const ranks = new Float32Array(count);
  const rng = createRng(seed);
  let offset = 0;
  for (const hierarchy of found) {
    boxes.set(hierarchy.boxes, 4 * offset);
    rankNodes(hierarchy, strategy.ranking, rng, ranks, offset);
    offset += hierarchy.count;
  }
  const order = scoreOrder(ranks.map((rank) => -rank));
  const kept = distinctBoxes(boxes, order, { minSize: strategy.minBoxSize, max });
  const proposals = { boxes: emptyBoxes(kept.length), scores: new Float32Array(kept.length) };
  kept.forEach((node, i) => {
    for (let side = 0; side < 4; side++) proposals.boxes[4 * i + side] = boxes[4 * node + side];
    proposals.scores[i] = 1 / (1 + ranks[node]);
  });
  return proposals;
}
