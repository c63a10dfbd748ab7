import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scoreOrder } from './score-order.ts';

it('scoreOrder is a stable sort in descending order, of any finite numbers', () => {
  const score = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.5, 1), fc.float({ noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(score, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (some, times) => {
      const scores = Float64Array.from({ length: some.length * times }, (_, i) => some[(i * 7) % some.length]);
      const expected = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
      expect([...scoreOrder(scores)]).toEqual(expected);
    }),
    { seed: 5, numRuns: 200 },
  );
});
