import type { RgbImage, Size } from '@rcnn/geometry';

/**
 * Bilinear resize with half-pixel centres and clamped edges: `sx = (x + ½)·w / w' − ½`, as torch's `interpolate` with
 * `align_corners=False` and without antialiasing. Bytes are rounded to the nearest.
 * @throws RangeError if a side of `size` is not a whole number above zero
 */
export function resizeImage(image: RgbImage, { width, height }: Size): RgbImage {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`resizeImage: expected whole sides above zero, got ${width}×${height}`);
  }
  if (width === image.width && height === image.height) {
    return image;
  }
  const columns = taps(image.width, width);
  const rows = taps(image.height, height);
  const { data: source } = image;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const top = 3 * image.width * rows.first[y];
    const bottom = 3 * image.width * rows.second[y];
    const down = rows.weight[y];
    for (let x = 0; x < width; x++) {
      const left = 3 * columns.first[x];
      const right = 3 * columns.second[x];
      const across = columns.weight[x];
      for (let channel = 0; channel < 3; channel++, to++) {
        const a = source[top + left + channel];
        const c = source[bottom + left + channel];
        const upper = a + across * (source[top + right + channel] - a);
        const lower = c + across * (source[bottom + right + channel] - c);
        data[to] = upper + down * (lower - upper) + 0.5;
      }
    }
  }
  return { width, height, data };
}

/** For each target pixel: the two source pixels it lies between, and how far it is towards the second. */
function taps(from: number, to: number): { first: Int32Array; second: Int32Array; weight: Float64Array } {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, ((i + 0.5) * from) / to - 0.5);
    first[i] = Math.floor(position);
    second[i] = Math.min(first[i] + 1, from - 1);
    weight[i] = position - first[i];
  }
  return { first, second, weight };
}
