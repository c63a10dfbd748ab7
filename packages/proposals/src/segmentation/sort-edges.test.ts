import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createScratch } from '../scratch.ts';
import { sortEdges } from './sort-edges.ts';

it('sortEdges sorts by weight, equal weights as they came', () => {
  const weight = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 }), fc.float({ min: 0, max: 1000, noNaN: true }));
  fc.assert(
    fc.property(fc.array(weight, { maxLength: 300 }), (weights) => {
      const pairs = new Float64Array(weights.length);
      const [ids, values] = [new Uint32Array(pairs.buffer), new Float32Array(pairs.buffer)];
      weights.forEach((value, i) => {
        ids[2 * i] = i;
        values[2 * i + 1] = value + 0; // -0 is no weight
      });
      const order = new Uint32Array(sortEdges(pairs, createScratch()).buffer, 0, 2 * weights.length).filter((_, i) => i % 2 === 0);
      expect([...order]).toEqual(weights.map((_, i) => i).sort((a, b) => weights[a] - weights[b]));
    }),
    { seed: 1 },
  );
});
