import { rleFromMask, type Boxes, type Rle } from '@rcnn/geometry';

/** The masks that tooling/golden/models_masks.py makes: of each object, stripes within its box. */
export function stripes(boxes: Boxes, width: number, height: number): Rle[] {
  return Array.from({ length: boxes.length / 4 }, (_, i) => {
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
    const mask = Uint8Array.from({ length: width * height }, (_, pixel) => {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      const inside = x + 0.5 >= x1 && x + 0.5 < x2 && y + 0.5 >= y1 && y + 0.5 < y2;
      return inside && Math.floor((x * 3 + y * 5) / 7) % 4 !== 0 ? 1 : 0;
    });
    return rleFromMask(mask, height, width);
  });
}
