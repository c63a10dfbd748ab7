import { rleFromMask } from '@rcnn/geometry';
import { expect, it } from 'vitest';
import { maskOutline } from './mask-outline.ts';

const rle = (rows: readonly string[]) => rleFromMask(Uint8Array.from(rows.join(''), (pixel) => Number(pixel === '#')), rows.length, rows[0].length);

it('goes round a mask halfway between its pixels and the others, also at the edge of the image', () => {
  const path = maskOutline(rle(['##..', '##..', '....']));
  expect(path).toMatch(/^M[\d.,L]+Z$/);
  const points = path.slice(1, -1).split('L').map((point) => point.split(',').map(Number));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 2, 0, 2]);
});

it('has a ring for each piece and each hole, and none for an empty mask', () => {
  expect(maskOutline(rle(['#####..#', '#...#..#', '#####..#'])).match(/M[^M]+Z/g)).toHaveLength(3);
  expect(maskOutline(rle(['....', '....']))).toBe('');
});
