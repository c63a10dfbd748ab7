/** Side of the square tiles: 16 floats are a cache line, and 16 lines of source and target stay in the first cache. */
const TILE = 16;

/**
 * `[out, in, taps]`, PyTorch's order, to `[taps, in, out]`, tfjs's, tile by tile: a plain loop misses the cache at every
 * step in one of the two arrays.
 */
export function toTfjsOrder(torch: Float32Array, outs: number, ins: number, taps: number): Float32Array {
  const tfjs = new Float32Array(torch.length);
  const row = ins * taps;
  for (let o0 = 0; o0 < outs; o0 += TILE) {
    const o1 = Math.min(o0 + TILE, outs);
    for (let c0 = 0; c0 < row; c0 += TILE) {
      const c1 = Math.min(c0 + TILE, row);
      for (let c = c0; c < c1; c++) {
        const i = Math.floor(c / taps);
        const to = ((c - i * taps) * ins + i) * outs;
        for (let o = o0; o < o1; o++) {
          tfjs[to + o] = torch[o * row + c];
        }
      }
    }
  }
  return tfjs;
}

/** `[taps, in, out]`, tfjs's order, to `[out, in, taps]`, PyTorch's: the inverse of {@link toTfjsOrder}, in the same tiles. */
export function toTorchOrder(tfjs: Float32Array, outs: number, ins: number, taps: number): Float32Array {
  const torch = new Float32Array(tfjs.length);
  const row = ins * taps;
  for (let o0 = 0; o0 < outs; o0 += TILE) {
    const o1 = Math.min(o0 + TILE, outs);
    for (let c0 = 0; c0 < row; c0 += TILE) {
      const c1 = Math.min(c0 + TILE, row);
      for (let c = c0; c < c1; c++) {
        const i = Math.floor(c / taps);
        const from = ((c - i * taps) * ins + i) * outs;
        for (let o = o0; o < o1; o++) {
          torch[o * row + c] = tfjs[from + o];
        }
      }
    }
  }
  return torch;
}
