import { describe, expect, it } from 'vitest';

import { asBoxDeltas, asBoxes, boxCount, concatBoxes, emptyBoxes, takeBoxes } from './boxes.ts';

describe('asBoxes', () => {
  it('does not copy a Float32Array', () => {
    const numbers = Float32Array.of(0, 0, 1, 1);
    expect(asBoxes(numbers)).toBe(numbers);
  });

  it('accepts boxes without area', () => {
    expect(boxCount(asBoxes([3, 4, 3, 4]))).toBe(1);
  });

  it('says which box is wrong', () => {
    expect(() => asBoxes([0, 0, 1, 1, 5, 0, 4, 1])).toThrow('got [5, 0, 4, 1] at box 1');
    expect(() => asBoxes([0, 0, 1])).toThrow('got 3 numbers');
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d in any place', (number) => {
    for (let at = 0; at < 4; at++) {
      const numbers = [0, 0, 1, 1];
      numbers[at] = number;
      expect(() => asBoxes(numbers)).toThrow(RangeError);
    }
    expect(() => asBoxes([number, 0, number, 0])).toThrow(RangeError);
  });
});

it('asBoxDeltas refuses a length that is no multiple of 4', () => {
  expect(() => asBoxDeltas([1, 2, 3])).toThrow('got 3 numbers');
  expect(asBoxDeltas([-1, 2, -3, 4])).toEqual(Float32Array.of(-1, 2, -3, 4));
});

it('emptyBoxes makes boxes of zeros', () => {
  expect(emptyBoxes(2)).toEqual(new Float32Array(8));
});

describe('takeBoxes', () => {
  const boxes = asBoxes([0, 0, 1, 1, 2, 2, 3, 3]);

  it('takes boxes in the order asked for, as often as asked for', () => {
    expect([...takeBoxes(boxes, [1, 0, 1])]).toEqual([2, 2, 3, 3, 0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('refuses an index of no box', () => {
    expect(() => takeBoxes(boxes, [2])).toThrow('expected an index of the 2 boxes, got 2');
    expect(() => takeBoxes(boxes, [-1])).toThrow(RangeError);
    expect(() => takeBoxes(boxes, [0.5])).toThrow(RangeError);
  });
});

it('concatBoxes joins boxes in order', () => {
  expect([...concatBoxes([asBoxes([0, 0, 1, 1]), emptyBoxes(0), asBoxes([2, 2, 3, 3])])]).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  expect(concatBoxes([])).toHaveLength(0);
});
