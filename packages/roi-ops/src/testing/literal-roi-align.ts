import { heightAndWidth } from '../output-size.ts';
import type { RoiAlignOptions } from '../roi-align.ts';

/** RoIAlign word for word, sample by sample, in double precision: [R,height,width,C] from [N,H,W,C]. */
export function literalRoiAlign(
  features: ArrayLike<number>,
  [, mapHeight, mapWidth, channels]: readonly number[],
  boxes: ArrayLike<number>,
  images: ArrayLike<number>,
  { outputSize, spatialScale = 1, samplingRatio = -1, aligned = false }: RoiAlignOptions,
): number[] {
  const [height, width] = heightAndWidth('literal', outputSize);
  const pixel = (n: number, y: number, x: number, c: number) => features[((n * mapHeight + y) * mapWidth + x) * channels + c];
  const sample = (n: number, y: number, x: number, c: number): number => {
    if (y < -1 || y > mapHeight || x < -1 || x > mapWidth) {
      return 0;
    }
    const [insideY, insideX] = [Math.min(Math.max(y, 0), mapHeight - 1), Math.min(Math.max(x, 0), mapWidth - 1)];
    const [top, left] = [Math.floor(insideY), Math.floor(insideX)];
    const [bottom, right] = [Math.min(top + 1, mapHeight - 1), Math.min(left + 1, mapWidth - 1)];
    const [down, across] = [insideY - top, insideX - left];
    const upper = pixel(n, top, left, c) * (1 - across) + pixel(n, top, right, c) * across;
    const lower = pixel(n, bottom, left, c) * (1 - across) + pixel(n, bottom, right, c) * across;
    return upper * (1 - down) + lower * down;
  };
  return Array.from({ length: images.length * height * width * channels }, (_, o) => {
    const c = o % channels;
    const px = Math.floor(o / channels) % width;
    const py = Math.floor(o / channels / width) % height;
    const r = Math.floor(o / channels / width / height);
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((i) => boxes[4 * r + i] * spatialScale - (aligned ? 0.5 : 0));
    const least = aligned ? 0 : 1;
    const [binWidth, binHeight] = [Math.max(x2 - x1, least) / width, Math.max(y2 - y1, least) / height];
    const samplesY = samplingRatio > 0 ? samplingRatio : Math.ceil(binHeight);
    const samplesX = samplingRatio > 0 ? samplingRatio : Math.ceil(binWidth);
    let sum = 0;
    for (let i = 0; i < samplesY; i++) {
      for (let j = 0; j < samplesX; j++) {
        const y = y1 + (py + (i + 0.5) / samplesY) * binHeight;
        const x = x1 + (px + (j + 0.5) / samplesX) * binWidth;
        sum += sample(images[r], y, x, c);
      }
    }
    return sum / Math.max(samplesY * samplesX, 1);
  });
}
