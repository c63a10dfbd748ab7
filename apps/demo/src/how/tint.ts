import type { Size } from '@rcnn/geometry';

/** Pixels that are tinted where the values are above a threshold, lighter towards its edge, and clear elsewhere. */
export function tint(values: Float32Array, { width, height }: Size, threshold: number): ImageData {
  const pixels = new ImageData(width, height);
  const words = new Uint32Array(pixels.data.buffer); // little-endian: alpha, blue, green, red
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] > threshold)) continue;
    words[i] = (Math.round(90 + 110 * values[i]) << 24) | 0xa040ff;
  }
  return pixels;
}
