// The filter's side of Winograd's F(4×4, 3×3); see `winograd.ts`. Four pairs of channels at a time.

/** Bytes of one vector. */
const LANE: usize = 16;

/** Bytes of workspace for both functions. */
export function winogradFilterBytes(): usize {
  return 18 * LANE;
}

@inline function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

/** G of three vectors, to six `stride` bytes apart. */
@inline function filterLine(g0: v128, g1: v128, g2: v128, to: usize, stride: usize): void {
  const sum = times(f32x4.add(g0, g2), <f32>(-1.0 / 6)), middle = times(g1, <f32>(-1.0 / 6));
  const far = f32x4.add(times(g0, <f32>(1.0 / 24)), times(g2, <f32>(1.0 / 6))), half = times(g1, <f32>(1.0 / 12));
  v128.store(to, times(g0, 0.25));
  v128.store(to + stride, f32x4.add(sum, middle));
  v128.store(to + 2 * stride, f32x4.sub(sum, middle));
  v128.store(to + 3 * stride, f32x4.add(far, half));
  v128.store(to + 4 * stride, f32x4.sub(far, half));
  v128.store(to + 5 * stride, g2);
}

/** U = G g Gᵀ; the filter is [9][pairs], U [36][pairs]. With `flip` the taps run backwards, as the input's gradient has them. */
export function winogradFilter(filter: usize, pairs: i32, flip: i32, u: usize, work: usize): void {
  const matrix = <usize>pairs * 4;
  const begin = flip !== 0 ? filter + 8 * matrix : filter;
  const tap: isize = flip !== 0 ? -<isize>matrix : <isize>matrix;
  for (let p: usize = 0; p < matrix; p += LANE) {
    for (let j: isize = 0; j < 3; j++) {
      const from = <isize>(begin + p) + j * tap;
      filterLine(v128.load(from), v128.load(from + 3 * tap), v128.load(from + 6 * tap), work + <usize>j * LANE, 3 * LANE);
    }
    for (let i: usize = 0; i < 6; i++) {
      const line = work + i * 3 * LANE;
      filterLine(v128.load(line), v128.load(line, 16), v128.load(line, 32), u + i * 6 * matrix + p, matrix);
    }
  }
}

/** Gᵀ of six vectors `step` bytes apart, to three `stride` bytes apart. */
@inline function filterAdjointLine(from: usize, step: usize, to: usize, stride: usize): void {
  const u0 = v128.load(from), u1 = v128.load(from + step), u2 = v128.load(from + 2 * step);
  const u3 = v128.load(from + 3 * step), u4 = v128.load(from + 4 * step), u5 = v128.load(from + 5 * step);
  const near = times(f32x4.add(u1, u2), <f32>(-1.0 / 6)), far = f32x4.add(u3, u4);
  v128.store(to, f32x4.add(f32x4.add(times(u0, 0.25), near), times(far, <f32>(1.0 / 24))));
  v128.store(to + stride, f32x4.add(times(f32x4.sub(u1, u2), <f32>(-1.0 / 6)), times(f32x4.sub(u3, u4), <f32>(1.0 / 12))));
  v128.store(to + 2 * stride, f32x4.add(f32x4.add(near, times(far, <f32>(1.0 / 6))), u5));
}

/** dg = Gᵀ dU G: the adjoint of {@link winogradFilter}; with `add` it adds to what lies there. */
export function winogradFilterAdjoint(du: usize, pairs: i32, add: i32, dfilter: usize, work: usize): void {
  const matrix = <usize>pairs * 4;
  for (let p: usize = 0; p < matrix; p += LANE) {
    for (let j: usize = 0; j < 6; j++) filterAdjointLine(du + j * matrix + p, 6 * matrix, work + j * LANE, 6 * LANE);
    for (let i: usize = 0; i < 3; i++) {
      const line = work + i * 6 * LANE;
      filterAdjointLine(line, LANE, line, LANE);
      for (let j: usize = 0; j < 3; j++) {
        const to = dfilter + (i * 3 + j) * matrix + p;
        const value = v128.load(line + j * LANE);
        v128.store(to, add !== 0 ? f32x4.add(v128.load(to), value) : value);
      }
    }
  }
}
