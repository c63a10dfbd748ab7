import { maskFromRle, rleBox, type Rle } from '@rcnn/geometry';

/** Share of the colour in a mask's inside; its rim has the colour alone. */
const opacity = 0.45;

/**
 * Lays a mask over pixels of its size, RGB, row-major, in a colour `#rrggbb`. The rim, its pixels with a neighbour outside, keeps
 * objects of one class apart.
 */
export function paintMask(data: Uint8Array, rle: Rle, colour: string): void {
  const { width, height } = rle;
  const mask = maskFromRle(rle);
  const paint = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 1;
  const [left, top, right, bottom] = rleBox(rle);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (!inside(x, y)) continue;
      const rim = !(inside(x - 1, y) && inside(x + 1, y) && inside(x, y - 1) && inside(x, y + 1));
      const share = rim ? 1 : opacity;
      const at = 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) data[at + channel] = Math.round((1 - share) * data[at + channel] + share * paint[channel]);
    }
  }
}
