import { rleFromMask } from '@rcnn/geometry';
import { expect, it } from 'vitest';
import { maskOutline } from './mask-outline.ts';

const rle = (rows: readonly string[]) => rleFromMask(Uint8Array.from(rows.join(''), (pixel) => Number(pixel === '#')), rows.length, rows[0].length);

it('goes round a mask halfway between its pixels and the others, also at the edge of the image', () => {
  const [ring, ...others] = maskOutline(rle(['##..', '##..', '....']));
  expect(others).toEqual([]);
  const [xs, ys] = [ring.filter((_, i) => i % 2 === 0), ring.filter((_, i) => i % 2 === 1)];
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 2, 0, 2]);
});

it('has a ring for each piece and each hole, and none for an empty mask', () => {
  expect(maskOutline(rle(['#####..#', '#...#..#', '#####..#'])).length).toBe(3);
  expect(maskOutline(rle(['....', '....']))).toEqual([]);
});
