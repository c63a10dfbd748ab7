/** v' = momentum · v + (scale · g + decay · w) and w' = w − rate · v', over `count` numbers. */
export function sgdStep(
  w: usize, v: usize, g: usize, count: i32, scale: f32, decay: f32, momentum: f32, rate: f32, newV: usize, newW: usize,
): void {
  const scales = f32x4.splat(scale), decays = f32x4.splat(decay), momenta = f32x4.splat(momentum), rates = f32x4.splat(rate);
  const end = <usize>count * 4;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const weight = v128.load(w + i);
    const decayed = f32x4.add(f32x4.mul(v128.load(g + i), scales), f32x4.mul(weight, decays));
    const velocity = f32x4.add(f32x4.mul(v128.load(v + i), momenta), decayed);
    v128.store(newV + i, velocity);
    v128.store(newW + i, f32x4.sub(weight, f32x4.mul(velocity, rates)));
  }
  for (; i < end; i += 4) {
    const weight = load<f32>(w + i);
    const velocity = load<f32>(v + i) * momentum + (load<f32>(g + i) * scale + weight * decay);
    store<f32>(newV + i, velocity);
    store<f32>(newW + i, weight - velocity * rate);
  }
}
