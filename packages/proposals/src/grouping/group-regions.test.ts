import { createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { groupRegions, type RegionGraph } from './group-regions.ts';
import type { SimilarityWeights } from './similarity.ts';

/** Regions on a line and some more neighbours, boxes and histograms at random. */
function randomGraph(seed: number, regions: number): RegionGraph {
  const rng = createRng(seed);
  const histograms = (bins: number): { bins: number; values: Float32Array } => {
    const values = new Float32Array(regions * bins);
    for (let region = 0; region < regions; region++) {
      const counts = Array.from({ length: bins }, () => rng.integer(20));
      const sum = counts.reduce((a, b) => a + b, 1);
      counts[0]++;
      counts.forEach((value, bin) => (values[region * bins + bin] = value / sum));
    }
    return { bins, values };
  };
  const boxes = new Int32Array(4 * regions);
  const sizes = new Int32Array(regions);
  const pairs = new Set<string>();
  for (let region = 0; region < regions; region++) {
    const [x, y] = [10 * region, rng.integer(50)];
    boxes.set([x, y, x + 10, y + 10], 4 * region);
    sizes[region] = 30 + rng.integer(70);
    if (region > 0) pairs.add(`${region - 1},${region}`);
    const other = rng.integer(regions);
    if (other !== region) pairs.add(`${Math.min(region, other)},${Math.max(region, other)}`);
  }
  const numbers = [...pairs].flatMap((pair) => pair.split(',').map(Number));
  return { boxes, sizes, colour: histograms(5), texture: histograms(8), pairs: Int32Array.from(numbers), imageSize: 10 * regions * 60 };
}

/** Algorithm 1 as it reads: every similarity anew from the pixels' shares of the original regions, at every step. */
function literalGrouping({ boxes, sizes, colour, texture, pairs, imageSize }: RegionGraph, weights: Required<SimilarityWeights>): number[][] {
  const nodes = [...sizes.keys()].map((leaf) => ({ leaves: [leaf], alive: true, near: new Set<number>() }));
  for (let i = 0; i < pairs.length; i += 2) {
    nodes[pairs[i]].near.add(pairs[i + 1]);
    nodes[pairs[i + 1]].near.add(pairs[i]);
  }
  const size = (leaves: number[]): number => leaves.reduce((sum, leaf) => sum + sizes[leaf], 0);
  const histogram = ({ bins, values }: { bins: number; values: Float32Array }, leaves: number[]): number[] =>
    Array.from({ length: bins }, (_, bin) => leaves.reduce((sum, leaf) => sum + sizes[leaf] * values[leaf * bins + bin], 0) / size(leaves));
  const intersect = (h: { bins: number; values: Float32Array }, a: number[], b: number[]): number => {
    const q = histogram(h, b);
    return histogram(h, a).reduce((sum, value, bin) => sum + Math.min(value, q[bin]), 0);
  };
  const similarity = (a: number[], b: number[]): number => {
    const both = [...a, ...b];
    const [x1, y1] = [0, 1].map((side) => Math.min(...both.map((leaf) => boxes[4 * leaf + side])));
    const [x2, y2] = [2, 3].map((side) => Math.max(...both.map((leaf) => boxes[4 * leaf + side])));
    const fill = 1 - ((x2 - x1) * (y2 - y1) - size(both)) / imageSize;
    return (
      weights.colour * intersect(colour ?? { bins: 0, values: new Float32Array() }, a, b) +
      weights.texture * intersect(texture ?? { bins: 0, values: new Float32Array() }, a, b) +
      weights.size * (1 - size(both) / imageSize) +
      weights.fill * fill
    );
  };
  const merges: number[][] = [];
  for (;;) {
    let best: { s: number; a: number; b: number } | undefined;
    nodes.forEach(({ alive, near, leaves }, a) => {
      if (!alive) return;
      for (const b of near) {
        if (b < a || !nodes[b].alive) continue;
        const s = similarity(leaves, nodes[b].leaves);
        if (best === undefined || s > best.s) best = { s, a, b };
      }
    });
    if (best === undefined) return merges;
    const { a, b } = best;
    const merged = nodes.length;
    const near = new Set([...nodes[a].near, ...nodes[b].near].filter((node) => nodes[node].alive && node !== a && node !== b));
    nodes[a].alive = nodes[b].alive = false;
    nodes.push({ leaves: [...nodes[a].leaves, ...nodes[b].leaves], alive: true, near });
    near.forEach((node) => nodes[node].near.add(merged));
    merges.push([Math.min(a, b), Math.max(a, b)]);
  }
}

describe('groupRegions', () => {
  it.each([
    { colour: 1, texture: 1, size: 1, fill: 1 },
    { colour: 0, texture: 1, size: 1, fill: 1 },
    { colour: 3, texture: 0.5, size: 0, fill: 0.25 },
    { colour: 0, texture: 0, size: 0.01, fill: 1 },
  ])('merges as Algorithm 1 does, whatever the weights: %o', (weights) => {
    for (let seed = 0; seed < 6; seed++) {
      const graph = randomGraph(seed, 14);
      const { leaves, count, children } = groupRegions(graph, weights);
      const merges = Array.from({ length: count - leaves }, (_, i) => [...children.subarray(2 * (leaves + i), 2 * (leaves + i) + 2)].sort((a, b) => a - b));
      expect(merges).toEqual(literalGrouping(graph, weights));
    }
  });

  it('makes a tree: parents and children agree, sizes add up, boxes hold their children, levels count upwards', () => {
    const graph = randomGraph(9, 200);
    const { leaves, count, parents, children, levels, sizes, boxes } = groupRegions(graph, { colour: 1, size: 1 });
    expect([leaves, count]).toEqual([200, 399]);
    expect(parents[count - 1]).toBe(-1);
    expect(sizes[count - 1]).toBe(graph.sizes.reduce((a, b) => a + b));
    for (let node = leaves; node < count; node++) {
      const [a, b] = children.subarray(2 * node, 2 * node + 2);
      expect([parents[a], parents[b]]).toEqual([node, node]);
      expect(sizes[node]).toBe(sizes[a] + sizes[b]);
      expect(levels[node]).toBe(Math.max(levels[a], levels[b]) + 1);
      expect([...boxes.subarray(4 * node, 4 * node + 4)]).toEqual(
        [0, 1, 2, 3].map((side) => Math[side < 2 ? 'min' : 'max'](boxes[4 * a + side], boxes[4 * b + side])),
      );
    }
    expect([...children.subarray(0, 2 * leaves)].every((child) => child === -1)).toBe(true);
  });

  it('leaves apart what has no neighbours', () => {
    const graph = { ...randomGraph(1, 5), pairs: Int32Array.of(0, 1) };
    const { count, parents } = groupRegions(graph, { size: 1 });
    expect([count, ...parents]).toEqual([6, 5, 5, -1, -1, -1, -1]);
  });

  it('refuses weights that say nothing, and histograms that are not there', () => {
    const graph = randomGraph(1, 3);
    expect(() => groupRegions(graph, {})).toThrow('one of them above, got {}');
    expect(() => groupRegions(graph, { size: 1, fill: -1 })).toThrow('weights of at least 0');
    expect(() => groupRegions({ ...graph, texture: undefined }, { texture: 1 })).toThrow('expected histograms');
  });
});
