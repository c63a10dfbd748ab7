import { rleFromMask } from '@rcnn/geometry';
import { expect, it } from 'vitest';
import { paintMask } from './paint-mask.ts';

it('colours a mask: its rim whole, its inside in part, and nothing else', () => {
  const mask = Uint8Array.from({ length: 35 }, (_, i) => (i % 7 >= 1 && i % 7 <= 3 && i < 28 ? 1 : 0)); // columns 1 … 3, rows 0 … 3
  const data = new Uint8Array(3 * 35).fill(100);
  paintMask(data, rleFromMask(mask, 5, 7), '#ff0064');
  const at = (x: number, y: number): number[] => [...data.subarray(3 * (7 * y + x), 3 * (7 * y + x) + 3)];
  expect([at(1, 1), at(3, 2), at(2, 0), at(2, 3)]).toEqual(Array(4).fill([255, 0, 100]));
  expect([at(2, 1), at(2, 2)]).toEqual(Array(2).fill([170, 55, 100]));
  expect([at(0, 0), at(4, 1), at(2, 4), at(6, 4)]).toEqual(Array(4).fill([100, 100, 100]));
});
