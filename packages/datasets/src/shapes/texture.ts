import type { Rng, Size } from '@rcnn/geometry';
import { between, randomDirection } from './random.ts';

/** How far between two colours a point is, 0…1. */
export type Texture = (x: number, y: number) => number;

/** One of four textures: a gradient, stripes, checks or clouds. */
export function randomTexture(rng: Rng, size: Size): Texture {
  return [gradient, stripes, checks, clouds][rng.integer(4)](rng, size);
}

function gradient(rng: Rng, { width, height }: Size): Texture {
  const [dx, dy] = randomDirection(rng);
  const reach = (Math.abs(dx) * width + Math.abs(dy) * height) / 2;
  return (x, y) => clamp(0.5 + ((x - width / 2) * dx + (y - height / 2) * dy) / (2 * reach));
}

function stripes(rng: Rng, { width, height }: Size): Texture {
  const [dx, dy] = randomDirection(rng);
  const period = between(rng, 0.06, 0.25) * Math.max(width, height);
  const edge = between(rng, 1, 6);
  return (x, y) => clamp(0.5 + edge * (triangleWave((x * dx + y * dy) / period) - 0.5));
}

function checks(rng: Rng, { width, height }: Size): Texture {
  const [dx, dy] = randomDirection(rng);
  // Cells smaller than the least of the shapes, so that none of them is a square to be found.
  const period = between(rng, 0.1, 0.2) * Math.max(width, height);
  return (x, y) => {
    const across = triangleWave((x * dx + y * dy) / period) - 0.5;
    const down = triangleWave((y * dx - x * dy) / period) - 0.5;
    return clamp(0.5 + 24 * across * down);
  };
}

/** Value noise: random values at the corners of a grid, smoothly joined; three grids, each twice as fine as the last. */
function clouds(rng: Rng, { width, height }: Size): Texture {
  const octaves = [1, 2, 4].map((fineness) => {
    const cell = (Math.max(width, height) * between(rng, 0.2, 0.35)) / fineness;
    const columns = Math.ceil(width / cell) + 2;
    const corners = Float64Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => rng.uniform());
    return (x: number, y: number): number => {
      const column = Math.floor(x / cell);
      const row = Math.floor(y / cell);
      const across = smooth(x / cell - column);
      const down = smooth(y / cell - row);
      const corner = row * columns + column;
      const top = corners[corner] + across * (corners[corner + 1] - corners[corner]);
      const bottom = corners[corner + columns] + across * (corners[corner + columns + 1] - corners[corner + columns]);
      return (top + down * (bottom - top)) / fineness;
    };
  });
  return (x, y) => clamp((1.6 * octaves.reduce((sum, octave) => sum + octave(x, y), 0)) / 1.75 - 0.3);
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const smooth = (t: number): number => t * t * (3 - 2 * t);
/** Up from 0 to 1 and down again within one unit. */
const triangleWave = (t: number): number => Math.abs(2 * (t - Math.floor(t)) - 1);
