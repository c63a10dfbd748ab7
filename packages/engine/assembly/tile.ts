// The inner loops of matrix products and convolutions, for panels of 8 columns packed one after another.
//
// Rows of the left operand are reached through a table of pointers, so a convolution needs no im2col: a row of the
// table holds, for one tap of the filter, where the channels of 5 output pixels begin (the indirect convolution
// algorithm, Dukhan 2019). A matrix product is the case of one tap.

/** Rows and columns of the tile that `rowsTile` computes. */
export const ROWS: i32 = 5;
export const COLUMNS: i32 = 8;

/**
 * `out[i][0…8) = clamp(bias + Σ_tap Σ_c a[rows[tap][i]][c] · panel[tap][c][0…8), low, high)` for 5 rows i.
 * `outRows` points at 5 pointers to where each row of the result begins.
 */
export function rowsTile(
  rows: usize, taps: i32, channels: i32, panel: usize, outRows: usize, bias: usize, low: f32, high: f32,
): void {
  let c00 = v128.load(bias), c01 = v128.load(bias, 16);
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01, c40 = c00, c41 = c01;
  let b = panel;
  for (let tap = 0; tap < taps; tap++) {
    let a0 = <usize>load<u32>(rows), a1 = <usize>load<u32>(rows, 4), a2 = <usize>load<u32>(rows, 8);
    let a3 = <usize>load<u32>(rows, 12), a4 = <usize>load<u32>(rows, 16);
    rows += 20;
    let c = channels;
    for (; c >= 2; c -= 2) {
      let b0 = v128.load(b), b1 = v128.load(b, 16);
      let a = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(a, b0)); c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(a, b0)); c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(a, b0)); c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(a, b0)); c31 = f32x4.add(c31, f32x4.mul(a, b1));
      a = v128.load32_splat(a4);
      c40 = f32x4.add(c40, f32x4.mul(a, b0)); c41 = f32x4.add(c41, f32x4.mul(a, b1));
      b0 = v128.load(b, 32); b1 = v128.load(b, 48);
      a = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(a, b0)); c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(a, b0)); c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(a, b0)); c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(a, b0)); c31 = f32x4.add(c31, f32x4.mul(a, b1));
      a = v128.load32_splat(a4, 4);
      c40 = f32x4.add(c40, f32x4.mul(a, b0)); c41 = f32x4.add(c41, f32x4.mul(a, b1));
      a0 += 8; a1 += 8; a2 += 8; a3 += 8; a4 += 8; b += 64;
    }
    if (c > 0) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let a = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(a, b0)); c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(a, b0)); c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(a, b0)); c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(a, b0)); c31 = f32x4.add(c31, f32x4.mul(a, b1));
      a = v128.load32_splat(a4);
      c40 = f32x4.add(c40, f32x4.mul(a, b0)); c41 = f32x4.add(c41, f32x4.mul(a, b1));
      b += 32;
    }
  }
  const lowest = f32x4.splat(low), highest = f32x4.splat(high);
  storeRow(load<u32>(outRows), c00, c01, lowest, highest);
  storeRow(load<u32>(outRows, 4), c10, c11, lowest, highest);
  storeRow(load<u32>(outRows, 8), c20, c21, lowest, highest);
  storeRow(load<u32>(outRows, 12), c30, c31, lowest, highest);
  storeRow(load<u32>(outRows, 16), c40, c41, lowest, highest);
}

@inline
function storeRow(out: usize, left: v128, right: v128, low: v128, high: v128): void {
  // In this order of arguments a NaN stays a NaN.
  v128.store(out, f32x4.pmin(f32x4.pmax(left, low), high));
  v128.store(out, f32x4.pmin(f32x4.pmax(right, low), high), 16);
}

/**
 * `out[i][0…8) += Σ_r a[rows[r]][i] · panel[r][0…8)` for the 4 channels i from `offset` bytes on: the product of a
 * transposed left operand, as the gradient of a filter needs it.
 */
export function columnsTile(rows: usize, count: i32, offset: usize, panel: usize, out: usize): void {
  let c00 = v128.load(out), c01 = v128.load(out, 16), c10 = v128.load(out, 32), c11 = v128.load(out, 48);
  let c20 = v128.load(out, 64), c21 = v128.load(out, 80), c30 = v128.load(out, 96), c31 = v128.load(out, 112);
  for (let r = 0; r < count; r++) {
    const row = <usize>load<u32>(rows) + offset;
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let a = v128.load32_splat(row);
    c00 = f32x4.add(c00, f32x4.mul(a, b0)); c01 = f32x4.add(c01, f32x4.mul(a, b1));
    a = v128.load32_splat(row, 4);
    c10 = f32x4.add(c10, f32x4.mul(a, b0)); c11 = f32x4.add(c11, f32x4.mul(a, b1));
    a = v128.load32_splat(row, 8);
    c20 = f32x4.add(c20, f32x4.mul(a, b0)); c21 = f32x4.add(c21, f32x4.mul(a, b1));
    a = v128.load32_splat(row, 12);
    c30 = f32x4.add(c30, f32x4.mul(a, b0)); c31 = f32x4.add(c31, f32x4.mul(a, b1));
    rows += 4; panel += 32;
  }
  v128.store(out, c00); v128.store(out, c01, 16); v128.store(out, c10, 32); v128.store(out, c11, 48);
  v128.store(out, c20, 64); v128.store(out, c21, 80); v128.store(out, c30, 96); v128.store(out, c31, 112);
}

/** {@link columnsTile} for a single channel: what is left where the channels are no multiple of 4. */
export function columnTile(rows: usize, count: i32, offset: usize, panel: usize, out: usize): void {
  let c0 = v128.load(out), c1 = v128.load(out, 16);
  for (let r = 0; r < count; r++) {
    const a = v128.load32_splat(<usize>load<u32>(rows) + offset);
    c0 = f32x4.add(c0, f32x4.mul(a, v128.load(panel)));
    c1 = f32x4.add(c1, f32x4.mul(a, v128.load(panel, 16)));
    rows += 4; panel += 32;
  }
  v128.store(out, c0); v128.store(out, c1, 16);
}
