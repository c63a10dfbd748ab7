const f32 = Math.fround;

/**
 * ‖a − b‖ between pixels of two rows over all channels: pixel x of the result between pixel `fromA + x` of `a` and `fromB + x`
 * of `b`. The sum of squares is rounded to float32 after each channel, as OpenCV's is.
 */
export function pixelDistances(
  a: readonly Float32Array[],
  b: readonly Float32Array[],
  { fromA, fromB, count }: { fromA: number; fromB: number; count: number },
  out: Float32Array,
): void {
  if (a.length === 3) {
    threeChannels(a, b, fromA, fromB, count, out);
    return;
  }
  out.fill(0, 0, count);
  for (let channel = 0; channel < a.length; channel++) {
    addSquares(a[channel], b[channel], fromA, fromB, count, out);
  }
  for (let x = 0; x < count; x++) {
    out[x] = Math.sqrt(out[x]);
  }
}

function addSquares(a: Float32Array, b: Float32Array, fromA: number, fromB: number, count: number, out: Float32Array): void {
  for (let x = 0; x < count; x++) {
    const difference = f32(a[fromA + x] - b[fromB + x]);
    out[x] += difference * difference;
  }
}

/** The usual case in one loop. */
function threeChannels(a: readonly Float32Array[], b: readonly Float32Array[], fromA: number, fromB: number, count: number, out: Float32Array): void {
  const [a0, a1, a2] = a;
  const [b0, b1, b2] = b;
  for (let x = 0; x < count; x++) {
    const d0 = f32(a0[fromA + x] - b0[fromB + x]);
    const d1 = f32(a1[fromA + x] - b1[fromB + x]);
    const d2 = f32(a2[fromA + x] - b2[fromB + x]);
    out[x] = Math.sqrt(f32(f32(f32(d0 * d0) + d1 * d1) + d2 * d2));
  }
}
