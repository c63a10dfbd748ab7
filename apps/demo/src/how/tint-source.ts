import type { Size } from '@rcnn/geometry';

/** A picture that is tinted where the values are above a threshold, lighter towards its edge, and clear elsewhere. */
export function tintSource(values: Float32Array, { width, height }: Size, threshold: number): HTMLCanvasElement {
  const pixels = new ImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] > threshold)) continue;
    pixels.data.set([255, 64, 160, 90 + 110 * values[i]], 4 * i);
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
