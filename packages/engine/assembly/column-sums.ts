/** out[c] = Σ_r matrix[r][c] of a row-major `rows × columns` matrix: the gradient of a bias. */
export function columnSums(matrix: usize, rows: i32, columns: i32, out: usize): void {
  const stride = <usize>columns * 4;
  memory.fill(out, 0, stride);
  const whole = columns & ~3;
  // Blocks of rows, so that a column's few cache lines serve several neighbouring groups of four.
  for (let first = 0; first < rows; first += 64) {
    const count = min(64, rows - first);
    const block = matrix + <usize>first * stride;
    for (let c = 0; c < whole; c += 4) {
      let from = block + <usize>c * 4;
      let sum = f32x4.splat(0);
      for (let r = 0; r < count; r++) {
        sum = f32x4.add(sum, v128.load(from));
        from += stride;
      }
      const to = out + <usize>c * 4;
      v128.store(to, f32x4.add(v128.load(to), sum));
    }
    for (let c = whole; c < columns; c++) {
      let sum: f32 = 0;
      for (let r = 0; r < count; r++) sum += load<f32>(block + <usize>r * stride + <usize>c * 4);
      const to = out + <usize>c * 4;
      store<f32>(to, load<f32>(to) + sum);
    }
  }
}
