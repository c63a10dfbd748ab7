import { rleFromMask, type Rle } from '@rcnn/geometry';

/** The masks that tooling/golden/heads_masks.py makes. */
export function blobs(width: number, height: number, count: number): Rle[] {
  return Array.from({ length: count }, (_, i) => {
    const mask = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const waves = Math.floor((x * (3 + i) + y * 2) / 16) + Math.floor((x * 2 - y * (1 + i)) / 16);
        mask[y * width + x] = waves % 3 === 0 ? 0 : 1;
      }
    }
    return rleFromMask(mask, height, width);
  });
}
