// RoIPool (Girshick 2015, §2.1) and its gradient, as Caffe and torchvision compute them.

/** C's −FLT_MAX, below which nothing is a maximum. */
const LOWEST: f32 = -3.4028234663852886e38;

/** Bytes of workspace: where the bins of either axis begin and end. */
export function roiPoolBytes(bins: i32): usize {
  return <usize>bins * 16;
}

/** `bounds[2b] … bounds[2b + 1]` of each bin in feature pixels: ends rounded half away from zero and both included. */
function poolAxis(bounds: usize, bins: i32, start: f32, end: f32, extent: i32, scale: f32): void {
  const begin = roundHalfAway(start * scale);
  const size = max(roundHalfAway(end * scale) - begin + 1, 1);
  const bin = <f32>size / <f32>bins;
  for (let b = 0; b < bins; b++) {
    store<i32>(bounds + <usize>b * 8, clampTo(<i32>floor<f32>(<f32>b * bin) + begin, extent));
    store<i32>(bounds + <usize>b * 8, clampTo(<i32>ceil<f32>(<f32>(b + 1) * bin) + begin, extent), 4);
  }
}

@inline function roundHalfAway(value: f32): i32 {
  const wide = <f64>value;
  return wide < 0 ? -<i32>floor(0.5 - wide) : <i32>floor(wide + 0.5);
}

@inline function clampTo(pixel: i32, extent: i32): i32 {
  return min(max(pixel, 0), extent);
}

/** Every bin's maximum and its place, `y · w + x`, the first in row-major order; 0 and −1 where a bin is empty. */
export function roiPool(
  features: usize, h: i32, w: i32, c: i32, boxes: usize, images: usize, count: i32, bh: i32, bw: i32, scale: f32,
  out: usize, argmax: usize, work: usize,
): void {
  const pixel = <usize>c * 4, ys = work, xs = work + <usize>bh * 8;
  for (let r = 0; r < count; r++) {
    const box = boxes + <usize>r * 16;
    poolAxis(ys, bh, load<f32>(box, 4), load<f32>(box, 12), h, scale);
    poolAxis(xs, bw, load<f32>(box), load<f32>(box, 8), w, scale);
    const map = features + <usize>load<i32>(images + <usize>r * 4) * <usize>(h * w) * pixel;
    for (let y = 0; y < bh; y++) {
      const y0 = load<i32>(ys + <usize>y * 8), y1 = load<i32>(ys + <usize>y * 8, 4);
      for (let x = 0; x < bw; x++) {
        const x0 = load<i32>(xs + <usize>x * 8), x1 = load<i32>(xs + <usize>x * 8, 4);
        if (y0 < y1 && x0 < x1) {
          maxima(map, w, pixel, y0, y1, x0, x1, out, argmax);
        } else {
          memory.fill(out, 0, pixel);
          memory.fill(argmax, 0xff, pixel);
        }
        out += pixel;
        argmax += pixel;
      }
    }
  }
}

/** The maxima of one bin: 16 channels at a time, their maxima and places in registers. */
function maxima(map: usize, w: i32, pixel: usize, y0: i32, y1: i32, x0: i32, x1: i32, out: usize, argmax: usize): void {
  let c: usize = 0;
  for (; c + 64 <= pixel; c += 64) {
    let m0 = f32x4.splat(LOWEST), m1 = m0, m2 = m0, m3 = m0;
    let p0 = i32x4.splat(-1), p1 = p0, p2 = p0, p3 = p0;
    for (let y = y0; y < y1; y++) {
      let place = y * w + x0;
      let at = map + <usize>place * pixel + c;
      for (let x = x0; x < x1; x++) {
        const here = i32x4.splat(place);
        const v0 = v128.load(at), v1 = v128.load(at, 16), v2 = v128.load(at, 32), v3 = v128.load(at, 48);
        const g0 = f32x4.gt(v0, m0), g1 = f32x4.gt(v1, m1), g2 = f32x4.gt(v2, m2), g3 = f32x4.gt(v3, m3);
        m0 = v128.bitselect(v0, m0, g0); m1 = v128.bitselect(v1, m1, g1); m2 = v128.bitselect(v2, m2, g2); m3 = v128.bitselect(v3, m3, g3);
        p0 = v128.bitselect(here, p0, g0); p1 = v128.bitselect(here, p1, g1); p2 = v128.bitselect(here, p2, g2); p3 = v128.bitselect(here, p3, g3);
        at += pixel;
        place++;
      }
    }
    v128.store(out + c, m0); v128.store(out + c, m1, 16); v128.store(out + c, m2, 32); v128.store(out + c, m3, 48);
    v128.store(argmax + c, p0); v128.store(argmax + c, p1, 16); v128.store(argmax + c, p2, 32); v128.store(argmax + c, p3, 48);
  }
  for (; c < pixel; c += 4) {
    let most = LOWEST, where = -1;
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const place = y * w + x;
        const value = load<f32>(map + <usize>place * pixel + c);
        if (value > most) {
          most = value;
          where = place;
        }
      }
    }
    store<f32>(out + c, most);
    store<i32>(argmax + c, where);
  }
}

/** Adds each bin's `dy` to the place of its maximum; `perBox` bins a box. */
export function roiPoolGradient(
  dy: usize, argmax: usize, h: i32, w: i32, c: i32, images: usize, count: i32, perBox: i32, dfeatures: usize,
): void {
  const pixel = <usize>c * 4;
  for (let r = 0; r < count; r++) {
    const map = dfeatures + <usize>load<i32>(images + <usize>r * 4) * <usize>(h * w) * pixel;
    for (let b = 0; b < perBox; b++) {
      for (let k: usize = 0; k < pixel; k += 4) {
        const place = load<i32>(argmax + k);
        if (place >= 0) {
          const to = map + <usize>place * pixel + k;
          store<f32>(to, load<f32>(to) + load<f32>(dy + k));
        }
      }
      dy += pixel;
      argmax += pixel;
    }
  }
}
