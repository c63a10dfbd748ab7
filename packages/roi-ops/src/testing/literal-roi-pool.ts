import { heightAndWidth } from '../output-size.ts';
import type { RoiPoolOptions } from '../roi-pool.ts';

/** RoIPool word for word: [R,height,width,C] from [N,H,W,C]. */
export function literalRoiPool(
  features: ArrayLike<number>,
  [, mapHeight, mapWidth, channels]: readonly number[],
  boxes: ArrayLike<number>,
  images: ArrayLike<number>,
  { outputSize, spatialScale = 1 }: RoiPoolOptions,
): number[] {
  const [height, width] = heightAndWidth('literal', outputSize);
  const round = (value: number) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  return Array.from({ length: images.length * height * width * channels }, (_, o) => {
    const c = o % channels;
    const px = Math.floor(o / channels) % width;
    const py = Math.floor(o / channels / width) % height;
    const r = Math.floor(o / channels / width / height);
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((i) => round(boxes[4 * r + i] * spatialScale));
    const [boxWidth, boxHeight] = [x2 - x1 + 1, y2 - y1 + 1];
    const inBin: number[] = [];
    for (let y = y1 + Math.floor((py * boxHeight) / height); y < y1 + Math.ceil(((py + 1) * boxHeight) / height); y++) {
      for (let x = x1 + Math.floor((px * boxWidth) / width); x < x1 + Math.ceil(((px + 1) * boxWidth) / width); x++) {
        if (y >= 0 && y < mapHeight && x >= 0 && x < mapWidth) {
          inBin.push(features[((images[r] * mapHeight + y) * mapWidth + x) * channels + c]);
        }
      }
    }
    return inBin.length > 0 ? Math.max(...inBin) : 0;
  });
}
