import { asBoxes, type Boxes } from '@rcnn/geometry';
import { noise } from '@rcnn/tooling/testing/noise';

/** The boxes that tooling/golden/heads.py makes: corners anywhere, sides from `low` to `high`, log-uniform. */
export function boxesOf(count: number, seed: number, width: number, height: number, [low, high]: readonly [number, number]): Boxes {
  const u = noise([count, 4], seed).map((value) => value + 0.5);
  const toGrid = (value: number): number => Math.floor(value * 64) / 64;
  const side = (share: number): number => toGrid(low * (high / low) ** share);
  return asBoxes(Array.from({ length: count }, (_, i) => {
    const [x, y, w, h] = [toGrid(u[4 * i] * width), toGrid(u[4 * i + 1] * height), side(u[4 * i + 2]), side(u[4 * i + 3])];
    return [x, y, x + w, y + h];
  }).flat());
}
