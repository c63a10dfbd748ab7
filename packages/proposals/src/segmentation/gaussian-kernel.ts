/**
 * A Gaussian of standard deviation `sigma` pixels, sampled and normalised: 8σ + 1 taps, rounded and made odd, as OpenCV chooses
 * them for floats; one tap, no blur, where σ is 0.
 */
export function gaussianKernel(sigma: number): Float32Array {
  const taps = Math.round(8 * sigma + 1) | 1;
  const radius = taps >> 1;
  const kernel = Float64Array.from({ length: taps }, (_, i) => (sigma === 0 ? 1 : Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma))));
  const sum = kernel.reduce((total, value) => total + value, 0);
  return Float32Array.from(kernel, (value) => value / sum);
}
