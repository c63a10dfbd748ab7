/** A term of a sum: where a pixel's channels begin, and its weight. */
export const TERM_BYTES: usize = 8;

/** Writes a term. */
@inline export function storeTerm(at: usize, address: usize, weight: f32): void {
  store<u32>(at, <u32>address);
  store<f32>(at, weight, 4);
}

/** `out[c] (+)= Σ weightₖ · pixelₖ[c]` over `count` terms; 16 channels at a time stay in registers. */
export function weightedSum(terms: usize, count: i32, channels: i32, add: bool, out: usize): void {
  const end = terms + <usize>count * TERM_BYTES;
  let c: usize = 0;
  const bytes = <usize>channels * 4;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    if (add) {
      s0 = v128.load(out + c); s1 = v128.load(out + c, 16); s2 = v128.load(out + c, 32); s3 = v128.load(out + c, 48);
    }
    for (let t = terms; t < end; t += TERM_BYTES) {
      const pixel = <usize>load<u32>(t) + c, weight = v128.load32_splat(t, 4);
      s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(pixel)));
      s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(pixel, 16)));
      s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(pixel, 32)));
      s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(pixel, 48)));
    }
    v128.store(out + c, s0); v128.store(out + c, s1, 16); v128.store(out + c, s2, 32); v128.store(out + c, s3, 48);
  }
  for (; c < bytes; c += 4) {
    let sum: f32 = add ? load<f32>(out + c) : 0;
    for (let t = terms; t < end; t += TERM_BYTES) sum += load<f32>(t, 4) * load<f32>(<usize>load<u32>(t) + c);
    store<f32>(out + c, sum);
  }
}
