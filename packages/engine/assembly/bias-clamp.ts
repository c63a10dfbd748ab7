/** y = clamp(y + bias, low, high) in place, row by row; `bias` may be 0 for none. */
export function biasClamp(y: usize, rows: i32, columns: i32, bias: usize, low: f32, high: f32): void {
  const lowest = f32x4.splat(low), highest = f32x4.splat(high);
  for (let r = 0; r < rows; r++) {
    let b = bias, c = columns;
    for (; c >= 4; c -= 4) {
      const sum = bias === 0 ? v128.load(y) : f32x4.add(v128.load(y), v128.load(b));
      v128.store(y, f32x4.pmin(f32x4.pmax(sum, lowest), highest)); // a NaN stays a NaN
      b += 16; y += 16;
    }
    for (; c > 0; c--) {
      let value = load<f32>(y);
      if (bias !== 0) value += load<f32>(b);
      if (value < low) value = low;
      if (value > high) value = high;
      store<f32>(y, value);
      b += 4; y += 4;
    }
  }
}
