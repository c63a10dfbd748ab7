import type { Rng, Size } from '@rcnn/geometry';
import { between, contrastingColour, randomDirection, type Colour } from './random.ts';
import { randomTexture } from './texture.ts';

/** Linear light is not modelled: channels 0…255 as floating point, to be rounded once at the end. */
export interface Canvas extends Size {
  readonly data: Float32Array; // [height, width, 3]
}

/** A textured background with soft blobs and thin lines on it, and the colours that went into it. */
export function paintBackground(rng: Rng, size: Size): { canvas: Canvas; colours: Colour[] } {
  const { width, height } = size;
  const canvas: Canvas = { width, height, data: new Float32Array(3 * width * height) };
  const first = contrastingColour(rng, [], 0);
  // Mixed towards each other, so that the ground is seldom as gaudy as the shapes.
  const other = contrastingColour(rng, [], 0);
  const mix = between(rng, 0.15, 0.5);
  const second: Colour = [first[0] + mix * (other[0] - first[0]), first[1] + mix * (other[1] - first[1]), first[2] + mix * (other[2] - first[2])];
  const texture = randomTexture(rng, size);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const t = texture(x + 0.5, y + 0.5);
      for (let channel = 0; channel < 3; channel++) {
        canvas.data[i + channel] = first[channel] + t * (second[channel] - first[channel]);
      }
    }
  }
  for (let count = rng.integer(4); count > 0; count--) {
    paintBlob(rng, canvas);
  }
  for (let count = rng.integer(4); count > 0; count--) {
    paintLine(rng, canvas);
  }
  return { canvas, colours: [first, second] };
}

/** Lays `colour` over pixel `i` (its index in pixels). */
export function blend({ data }: Canvas, i: number, colour: Colour, alpha: number): void {
  for (let channel = 0; channel < 3; channel++) {
    data[3 * i + channel] += alpha * (colour[channel] - data[3 * i + channel]);
  }
}

function paintBlob(rng: Rng, canvas: Canvas): void {
  const side = Math.max(canvas.width, canvas.height);
  const colour = contrastingColour(rng, [], 0);
  const [cx, cy] = [rng.uniform() * canvas.width, rng.uniform() * canvas.height];
  const [dx, dy] = randomDirection(rng);
  const long = between(rng, 0.1, 0.35) * side;
  const short = long * between(rng, 0.4, 1);
  const strength = between(rng, 0.15, 0.4);
  for (let y = 0, i = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, i++) {
      const u = ((x - cx) * dx + (y - cy) * dy) / long;
      const v = ((y - cy) * dx - (x - cx) * dy) / short;
      const fade = 1 - (u * u + v * v);
      if (fade > 0) {
        blend(canvas, i, colour, strength * fade * fade);
      }
    }
  }
}

function paintLine(rng: Rng, canvas: Canvas): void {
  const colour = contrastingColour(rng, [], 0);
  const [cx, cy] = [rng.uniform() * canvas.width, rng.uniform() * canvas.height];
  const [dx, dy] = randomDirection(rng);
  const half = between(rng, 0.004, 0.01) * Math.max(canvas.width, canvas.height);
  const strength = between(rng, 0.2, 0.6);
  for (let y = 0, i = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, i++) {
      const distance = Math.abs((y + 0.5 - cy) * dx - (x + 0.5 - cx) * dy) - half;
      if (distance < 0.5) {
        blend(canvas, i, colour, strength * Math.min(1, 0.5 - distance));
      }
    }
  }
}
