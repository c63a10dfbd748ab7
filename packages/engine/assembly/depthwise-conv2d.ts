// The gradients of a depthwise convolution with one output channel per input channel: NHWC, filters [kh, kw, C].

/** dx[c] at a pixel = Σ over the taps that reach it of dy[c] · filter[tap][c]. */
export function depthwiseBackpropInput(
  dy: usize, n: i32, h: i32, w: i32, channels: i32, filter: usize, kh: i32, kw: i32, sh: i32, sw: i32,
  top: i32, left: i32, dh: i32, dw: i32, oh: i32, ow: i32, dx: usize,
): void {
  const whole = channels & ~3;
  const pixel = <usize>channels * 4;
  memory.fill(dx, 0, <usize>(n * h * w) * pixel);
  for (let image = 0; image < n; image++) {
    for (let iy = 0; iy < h; iy++) {
      for (let ky = 0; ky < kh; ky++) {
        const ty = iy + top - ky * dh;
        if (ty < 0 || ty % sh !== 0 || ty / sh >= oh) continue;
        const fromRow = dy + <usize>((image * oh + ty / sh) * ow) * pixel;
        for (let kx = 0; kx < kw; kx++) {
          const tap = filter + <usize>(ky * kw + kx) * pixel;
          for (let ix = 0; ix < w; ix++) {
            const tx = ix + left - kx * dw;
            if (tx < 0 || tx % sw !== 0 || tx / sw >= ow) continue;
            const from = fromRow + <usize>(tx / sw) * pixel;
            const to = dx + <usize>((image * h + iy) * w + ix) * pixel;
            let c = 0;
            for (; c < whole; c += 4) {
              const at = <usize>c * 4;
              v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(from + at), v128.load(tap + at))));
            }
            for (; c < channels; c++) {
              const at = <usize>c * 4;
              store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at) * load<f32>(tap + at));
            }
          }
        }
      }
    }
  }
}

/** dfilter[tap][c] = Σ over output pixels of x[c] at the tap · dy[c]. */
export function depthwiseBackpropFilter(
  x: usize, n: i32, h: i32, w: i32, channels: i32, dy: usize, kh: i32, kw: i32, sh: i32, sw: i32,
  top: i32, left: i32, dh: i32, dw: i32, oh: i32, ow: i32, dfilter: usize,
): void {
  const whole = channels & ~3;
  const pixel = <usize>channels * 4;
  memory.fill(dfilter, 0, <usize>(kh * kw) * pixel);
  for (let image = 0; image < n; image++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ky = 0; ky < kh; ky++) {
        const iy = oy * sh - top + ky * dh;
        if (<u32>iy >= <u32>h) continue;
        const xRow = x + <usize>((image * h + iy) * w) * pixel;
        const dyRow = dy + <usize>((image * oh + oy) * ow) * pixel;
        for (let kx = 0; kx < kw; kx++) {
          const offset = kx * dw - left;
          // Output pixels whose tap lies inside the row: 0 ≤ ox · sw + offset < w.
          const begin = offset >= 0 ? 0 : (-offset + sw - 1) / sw;
          const end = min(ow, (w - 1 - offset) / sw + 1);
          const tap = dfilter + <usize>(ky * kw + kx) * pixel;
          if (offset > w - 1) continue;
          let c = 0;
          for (; c < whole; c += 4) {
            const at = <usize>c * 4;
            let sum = v128.load(tap + at);
            let from = xRow + <usize>(begin * sw + offset) * pixel + at;
            let grad = dyRow + <usize>begin * pixel + at;
            for (let ox = begin; ox < end; ox++) {
              sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load(grad)));
              from += <usize>sw * pixel;
              grad += pixel;
            }
            v128.store(tap + at, sum);
          }
          for (; c < channels; c++) {
            const at = <usize>c * 4;
            let sum = load<f32>(tap + at);
            for (let ox = begin; ox < end; ox++) {
              sum += load<f32>(xRow + <usize>(ox * sw + offset) * pixel + at) * load<f32>(dyRow + <usize>ox * pixel + at);
            }
            store<f32>(tap + at, sum);
          }
        }
      }
    }
  }
}
