import fc from 'fast-check';
import { expect, it } from 'vitest';

import { scoreOrder } from './score-order.ts';
import { literalOrder } from './testing/literal.ts';

it('scoreOrder goes from the highest score to the lowest, equal scores by ascending index', () => {
  expect([...scoreOrder(Float32Array.of(0.5, -1, 0.9, 0.5, 0, -0, -Infinity, Infinity))]).toEqual([7, 2, 0, 3, 4, 5, 1, 6]);
});

it('scoreOrder is a stable sort of any floats', () => {
  const score = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.5, 1));
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), (list) => {
      const scores = Float32Array.from(list);
      expect([...scoreOrder(scores)]).toEqual(literalOrder(scores));
    }),
  );
});
