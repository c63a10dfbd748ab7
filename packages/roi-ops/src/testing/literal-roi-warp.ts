import { heightAndWidth } from '../output-size.ts';
import type { RoiWarpOptions } from '../roi-warp.ts';

/** RoIWarp word for word: every pixel of the map times the paper's kernel, in double precision; [R,height,width,C] from [N,H,W,C]. */
export function literalRoiWarp(
  features: ArrayLike<number>,
  [, mapHeight, mapWidth, channels]: readonly number[],
  boxes: ArrayLike<number>,
  images: ArrayLike<number>,
  { outputSize, spatialScale = 1, samplingRatio = 1 }: RoiWarpOptions,
): number[] {
  const [height, width] = heightAndWidth('literal', outputSize);
  const cut = (value: number, extent: number) => Math.min(Math.max(Math.sign(value) * Math.round(Math.abs(value)), 0), extent - 1);
  /** Weight of each pixel of an axis for a bin; a sample beyond the last pixel counts as that. */
  const axis = (start: number, end: number, bin: number, bins: number, extent: number): number[] => {
    const [first, last] = [cut(start * spatialScale, extent), cut(end * spatialScale, extent)];
    const size = Math.max(last - first + 1, 1);
    return Array.from({ length: extent }, (_, pixel) => {
      let weight = 0;
      for (let s = 0; s < samplingRatio; s++) {
        const position = Math.min(first + ((bin + s / samplingRatio) * size) / bins, extent - 1);
        weight += Math.max(0, 1 - Math.abs(position - pixel)) / samplingRatio;
      }
      return weight;
    });
  };
  return Array.from({ length: images.length * height * width * channels }, (_, o) => {
    const c = o % channels;
    const [px, py] = [Math.floor(o / channels) % width, Math.floor(o / channels / width) % height];
    const r = Math.floor(o / channels / width / height);
    const ys = axis(boxes[4 * r + 1], boxes[4 * r + 3], py, height, mapHeight);
    const xs = axis(boxes[4 * r], boxes[4 * r + 2], px, width, mapWidth);
    let sum = 0;
    ys.forEach((wy, y) => xs.forEach((wx, x) => (sum += wy * wx * features[((images[r] * mapHeight + y) * mapWidth + x) * channels + c])));
    return sum;
  });
}
