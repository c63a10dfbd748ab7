import type { Size } from '@rcnn/geometry';
import type { Plane } from '../channel-stack.ts';
import { mirrored } from '../mirrored.ts';
import { gaussianKernel } from './gaussian-kernel.ts';

/**
 * Rows of a plane after a Gaussian blur, one at a time from the top, so that no blurred image is ever held: the function
 * returned writes the next row into `out`. Borders are mirrored about the outermost pixel. Every sum is rounded to float32 as
 * OpenCV's fused multiply–adds round it, in OpenCV's order, so that edge weights compare as OpenCV's do, bit for bit.
 */
export function blurredRows(plane: Plane, { width, height }: Size, sigma: number): (out: Float32Array) => void {
  const kernel = gaussianKernel(sigma);
  const radius = kernel.length >> 1;
  const slots = kernel.length;
  const ring = Array.from({ length: slots }, () => new Float32Array(width));
  const columns = Int32Array.from({ length: radius }, (_, i) => mirrored(-1 - i, width));
  const columnsAfter = Int32Array.from({ length: radius }, (_, i) => mirrored(width + i, width));
  const padded = new Float32Array(width + 2 * radius);
  let filtered = 0; // rows blurred along x so far
  let y = 0;

  const filterNext = (): void => {
    const from = filtered * width;
    padded.set(plane.subarray(from, from + width), radius);
    for (let i = 0; i < radius; i++) {
      padded[radius - 1 - i] = plane[from + columns[i]];
      padded[radius + width + i] = plane[from + columnsAfter[i]];
    }
    blurAlongX(padded, kernel, ring[filtered % slots]);
    filtered++;
  };

  return (out) => {
    while (filtered < height && filtered <= y + radius) {
      filterNext();
    }
    scale(ring[y % slots], kernel[radius], out);
    for (let i = 1; i <= radius; i++) {
      addPair(ring[mirrored(y - i, height) % slots], ring[mirrored(y + i, height) % slots], kernel[radius + i], out, 0, 0);
    }
    y++;
  };
}

function blurAlongX(padded: Float32Array, kernel: Float32Array, out: Float32Array): void {
  const radius = kernel.length >> 1;
  if (radius === 0) {
    out.set(padded);
  } else if (radius <= 2) {
    // OpenCV's short kernels: the nearest pair, the centre, the next pair.
    out.fill(0);
    addPair(padded, padded, kernel[radius + 1], out, radius - 1, radius + 1);
    addOne(padded, kernel[radius], out, radius);
    if (radius === 2) {
      addPair(padded, padded, kernel[radius + 2], out, radius - 2, radius + 2);
    }
  } else {
    out.fill(0);
    for (let i = 0; i < kernel.length; i++) {
      addOne(padded, kernel[i], out, i);
    }
  }
}

function scale(row: Float32Array, factor: number, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    out[x] = row[x] * factor;
  }
}

// The product of two float32 is exact in float64, so these round once, as a fused multiply–add does.
function addOne(row: Float32Array, factor: number, out: Float32Array, offset: number): void {
  for (let x = 0; x < out.length; x++) {
    out[x] = row[x + offset] * factor + out[x];
  }
}

function addPair(a: Float32Array, b: Float32Array, factor: number, out: Float32Array, offsetA: number, offsetB: number): void {
  for (let x = 0; x < out.length; x++) {
    out[x] = Math.fround(a[x + offsetA] + b[x + offsetB]) * factor + out[x];
  }
}
