/** dx = dy where low < y < high, else 0: the gradient of a clamp from its result. */
export function clampGradient(dy: usize, y: usize, count: i32, low: f32, high: f32, dx: usize): void {
  const lowest = f32x4.splat(low), highest = f32x4.splat(high);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize>i * 4;
    const value = v128.load(y + at);
    const inside = v128.and(f32x4.lt(lowest, value), f32x4.lt(value, highest));
    v128.store(dx + at, v128.and(v128.load(dy + at), inside));
  }
  for (; i < count; i++) {
    const at = <usize>i * 4;
    const value = load<f32>(y + at);
    store<f32>(dx + at, low < value && value < high ? load<f32>(dy + at) : 0);
  }
}
