import type { Boxes, RgbImage } from '@rcnn/geometry';
import type { WarpMode } from '../warp/warp-window.ts';

const round = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

/** The crop of one region, RGB, pixel by pixel, in pixels counted from 1 as R-CNN's own code does; 0 outside the image. */
export function literalWarp(image: RgbImage, boxes: Boxes, region: number, size: number, padding: number, mode: WarpMode, mean: readonly number[]): number[] {
  const [left, top, right, bottom] = boxes.subarray(4 * region, 4 * region + 4);
  const longest = Math.max(right - left, bottom - top);
  const window = (start: number, end: number, extent: number) => {
    const side = mode === 'warp' ? end - start : longest;
    const centre = start + 1 + (end - start) / 2;
    const grown = (side * size) / (size - 2 * padding);
    const plain = padding === 0 && mode === 'warp';
    const first = plain ? round(start) + 1 : round(centre - grown / 2);
    const last = plain ? round(end) : round(centre + grown / 2);
    const around = (end - start + grown - side) / 2;
    const low = mode === 'square-without-context' ? Math.max(1, round(centre - around)) : 1;
    const high = mode === 'square-without-context' ? Math.min(extent, round(centre + around)) : extent;
    const [clippedFirst, clippedLast] = [Math.max(first, low), Math.min(last, high)];
    const scale = size / (last - first + 1);
    const pad = round((clippedFirst - first) * scale);
    return { clippedFirst, clippedLast, pad, crop: Math.min(round((clippedLast - clippedFirst + 1) * scale), size - pad) };
  };
  const [across, down] = [window(left, right, image.width), window(top, bottom, image.height)];
  const source = (at: number, { clippedFirst, clippedLast, pad, crop }: ReturnType<typeof window>) => {
    const length = clippedLast - clippedFirst + 1;
    return Math.min(Math.max(((at - pad + 0.5) * length) / crop - 0.5, 0), length - 1) + clippedFirst - 1;
  };
  return Array.from({ length: size * size * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    const outside = (at: number, { clippedFirst, clippedLast, pad, crop }: ReturnType<typeof window>) => clippedLast < clippedFirst || at < pad || at >= pad + crop;
    if (outside(x, across) || outside(y, down)) {
      return 0;
    }
    const pixel = (row: number, column: number) => image.data[3 * (row * image.width + column) + c];
    const [sx, sy] = [source(x, across), source(y, down)];
    const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
    const [x1, y1] = [Math.min(x0 + 1, image.width - 1), Math.min(y0 + 1, image.height - 1)];
    const upper = pixel(y0, x0) * (1 - sx + x0) + pixel(y0, x1) * (sx - x0);
    const lower = pixel(y1, x0) * (1 - sx + x0) + pixel(y1, x1) * (sx - x0);
    return upper * (1 - sy + y0) + lower * (sy - y0) - mean[c];
  });
}
