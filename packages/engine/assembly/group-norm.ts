// Group norm (Wu & He 2018) of NHWC maps with the clamp that follows it, and its gradient.

/** Bytes of workspace for both: two numbers a channel. */
export function groupNormBytes(channels: i32): usize {
  return <usize>channels * 8;
}

/** first[c] = Σ a[r][c] and second[c] = Σ a[r][c] · b[r][c] over `rows` rows; channels in multiples of 4. */
function sums(a: usize, b: usize, rows: i32, channels: i32, first: usize, second: usize): void {
  const stride = <usize>channels * 4;
  memory.fill(first, 0, stride);
  memory.fill(second, 0, stride);
  for (let begin = 0; begin < rows; begin += 64) {
    const count = min(64, rows - begin);
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c * 4;
      let from = a + <usize>begin * stride + at;
      let beside = b + <usize>begin * stride + at;
      let sum = f32x4.splat(0), product = f32x4.splat(0);
      for (let r = 0; r < count; r++) {
        const value = v128.load(from);
        sum = f32x4.add(sum, value);
        product = f32x4.add(product, f32x4.mul(value, v128.load(beside)));
        from += stride;
        beside += stride;
      }
      v128.store(first + at, f32x4.add(v128.load(first + at), sum));
      v128.store(second + at, f32x4.add(v128.load(second + at), product));
    }
  }
}

/** y = clamp(γ · x̂ + β, low, high); `statistics` gets mean and 1/√(σ² + ε) of each group of each image. */
export function groupNorm(
  x: usize, images: i32, pixels: i32, channels: i32, groups: i32, weight: usize, bias: usize, epsilon: f64,
  low: f32, high: f32, y: usize, statistics: usize, work: usize,
): void {
  const width = channels / groups;
  const scale = work, shift = work + <usize>channels * 4;
  const lowest = f32x4.splat(low), highest = f32x4.splat(high);
  for (let image = 0; image < images; image++) {
    sums(x, x, pixels, channels, scale, shift);
    for (let group = 0; group < groups; group++) {
      let sum: f64 = 0, squares: f64 = 0;
      for (let c = group * width; c < (group + 1) * width; c++) {
        sum += load<f32>(scale + <usize>c * 4);
        squares += load<f32>(shift + <usize>c * 4);
      }
      const count = <f64>pixels * <f64>width;
      const mean = sum / count;
      const deviation = 1 / Math.sqrt(Math.max(0, squares / count - mean * mean) + epsilon);
      store<f32>(statistics, <f32>mean);
      store<f32>(statistics, <f32>deviation, 4);
      statistics += 8;
      for (let c = group * width; c < (group + 1) * width; c++) {
        const at = <usize>c * 4;
        const factor = <f64>load<f32>(weight + at) * deviation;
        store<f32>(scale + at, <f32>factor);
        store<f32>(shift + at, <f32>(<f64>load<f32>(bias + at) - mean * factor));
      }
    }
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < channels; c += 4) {
        const at = <usize>c * 4;
        const value = f32x4.add(f32x4.mul(v128.load(x + at), v128.load(scale + at)), v128.load(shift + at));
        v128.store(y + at, f32x4.pmin(f32x4.pmax(value, lowest), highest));
      }
      x += <usize>channels * 4;
      y += <usize>channels * 4;
    }
  }
}

/**
 * The gradients of x, γ and β. `dz` is dy where the clamp let the value through, else 0. With x̂ = (x − μ)·r and M
 * numbers a group, dx = r·(γ·dz − mean(γ·dz) − x̂·mean(γ·dz·x̂)), which is linear in dz and x for each channel.
 */
export function groupNormGradient(
  dz: usize, x: usize, images: i32, pixels: i32, channels: i32, groups: i32, weight: usize, statistics: usize,
  dx: usize, dweight: usize, dbias: usize, work: usize,
): void {
  const width = channels / groups;
  const first = work, second = work + <usize>channels * 4;
  memory.fill(dweight, 0, <usize>channels * 4);
  memory.fill(dbias, 0, <usize>channels * 4);
  for (let image = 0; image < images; image++) {
    sums(dz, x, pixels, channels, first, second);
    for (let group = 0; group < groups; group++) {
      const mean = <f64>load<f32>(statistics), deviation = <f64>load<f32>(statistics, 4);
      statistics += 8;
      let plain: f64 = 0, scaled: f64 = 0;
      for (let c = group * width; c < (group + 1) * width; c++) {
        const at = <usize>c * 4;
        const factor = <f64>load<f32>(weight + at);
        const sum = <f64>load<f32>(first + at);
        const standardized = deviation * (<f64>load<f32>(second + at) - mean * sum);
        plain += factor * sum;
        scaled += factor * standardized;
        store<f32>(dbias + at, load<f32>(dbias + at) + <f32>sum);
        store<f32>(dweight + at, load<f32>(dweight + at) + <f32>standardized);
      }
      const count = <f64>pixels * <f64>width;
      const ofX = -deviation * deviation * scaled / count;
      const constant = -deviation * plain / count - mean * ofX;
      for (let c = group * width; c < (group + 1) * width; c++) {
        // Channel by channel: the factor of x, then the constant; that of dz is γ · r.
        store<f32>(first + <usize>c * 4, <f32>ofX);
        store<f32>(second + <usize>c * 4, <f32>constant);
      }
    }
    const own = statistics - <usize>groups * 8;
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c * 4;
      let factor = v128.load(weight + at);
      let deviation = f32x4.splat(load<f32>(own + <usize>(c / width) * 8, 4));
      deviation = f32x4.replace_lane(deviation, 1, load<f32>(own + <usize>((c + 1) / width) * 8, 4));
      deviation = f32x4.replace_lane(deviation, 2, load<f32>(own + <usize>((c + 2) / width) * 8, 4));
      deviation = f32x4.replace_lane(deviation, 3, load<f32>(own + <usize>((c + 3) / width) * 8, 4));
      factor = f32x4.mul(factor, deviation);
      const ofX = v128.load(first + at), constant = v128.load(second + at);
      let offset = at;
      for (let pixel = 0; pixel < pixels; pixel++) {
        const value = f32x4.add(f32x4.mul(v128.load(x + offset), ofX), constant);
        v128.store(dx + offset, f32x4.add(value, f32x4.mul(v128.load(dz + offset), factor)));
        offset += <usize>channels * 4;
      }
    }
    const bytes = <usize>pixels * <usize>channels * 4;
    dz += bytes;
    x += bytes;
    dx += bytes;
  }
}
