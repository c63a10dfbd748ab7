/** Spatial pyramid pooling word for word, from the formula with bins counted from 1: [R, B · C] from [N,H,W,C]. */
export function literalSpp(
  features: ArrayLike<number>,
  [, height, width, channels]: readonly number[],
  windows: ArrayLike<number>,
  images: ArrayLike<number>,
  levels: readonly number[],
): number[] {
  const bins = levels.flatMap((n) => Array.from({ length: n * n }, (_, bin) => ({ n, i: (bin % n) + 1, j: Math.floor(bin / n) + 1 })));
  return Array.from({ length: images.length * bins.length * channels }, (_, at) => {
    const [r, c] = [Math.floor(at / bins.length / channels), at % channels];
    const { n, i, j } = bins[Math.floor(at / channels) % bins.length];
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => windows[4 * r + k]);
    const [w, h] = [x2 - x1, y2 - y1];
    let greatest = -Infinity;
    for (let y = y1 + Math.floor(((j - 1) * h) / n); y < y1 + Math.ceil((j * h) / n); y++) {
      for (let x = x1 + Math.floor(((i - 1) * w) / n); x < x1 + Math.ceil((i * w) / n); x++) {
        greatest = Math.max(greatest, features[((images[r] * height + y) * width + x) * channels + c]);
      }
    }
    return greatest;
  });
}
