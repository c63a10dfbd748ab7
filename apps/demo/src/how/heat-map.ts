import type { RgbImage } from '@rcnn/geometry';
import { heatColour } from './heat-colour.ts';

/** Numbers of a map, row-major, as an image: the least dark, the greatest light. */
export function heatMap(values: ArrayLike<number>, width: number, height: number, [least, most]: readonly [number, number] = rangeOf(values)): RgbImage {
  const data = new Uint8Array(3 * width * height);
  const span = most > least ? most - least : 1;
  for (let i = 0; i < width * height; i++) data.set(heatColour((values[i] - least) / span), 3 * i);
  return { width, height, data };
}

/** The least and the greatest of some numbers. */
export function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  return [least, most];
}
