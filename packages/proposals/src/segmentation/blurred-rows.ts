import type { Size } from '@rcnn/geometry';
import type { Plane } from '../channel-stack.ts';
import { mirrored } from '../mirrored.ts';
import { convolveColumns, convolveRow } from './convolve.ts';
import { gaussianKernel } from './gaussian-kernel.ts';

/**
 * Rows of a plane after a Gaussian blur, one at a time from the top, so that no blurred image is ever held: the function
 * returned writes the next row into `out`. Borders are mirrored about the outermost pixel.
 */
export function blurredRows(plane: Plane, { width, height }: Size, sigma: number): (out: Float32Array) => void {
  const kernel = gaussianKernel(sigma);
  const radius = kernel.length >> 1;
  const ring = Array.from({ length: kernel.length }, () => new Float32Array(width));
  const rows = [...ring]; // those around the row asked for, from the top
  const padded = new Float32Array(width + 2 * radius);
  let filtered = 0; // rows blurred along x so far
  let y = 0;

  const filterNext = (): void => {
    const from = filtered * width;
    padded.set(plane.subarray(from, from + width), radius);
    for (let i = 0; i < radius; i++) {
      padded[radius - 1 - i] = plane[from + mirrored(-1 - i, width)];
      padded[radius + width + i] = plane[from + mirrored(width + i, width)];
    }
    convolveRow(padded, kernel, ring[filtered % ring.length]);
    filtered++;
  };

  return (out) => {
    while (filtered < height && filtered <= y + radius) {
      filterNext();
    }
    for (let i = -radius; i <= radius; i++) {
      rows[radius + i] = ring[mirrored(y + i, height) % ring.length];
    }
    convolveColumns(rows, kernel, out);
    y++;
  };
}
