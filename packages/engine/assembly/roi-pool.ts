// RoIPool (Girshick 2015, §2.1) and its gradient, as Caffe and torchvision compute them.
import { addToPlaces, maxima } from './maxima';

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

/** Adds each bin's `dy` to the place of its maximum; `perBox` bins a box. */
export function roiPoolGradient(
  dy: usize, argmax: usize, h: i32, w: i32, c: i32, images: usize, count: i32, perBox: i32, dfeatures: usize,
): void {
  const pixel = <usize>c * 4;
  for (let r = 0; r < count; r++) {
    const map = dfeatures + <usize>load<i32>(images + <usize>r * 4) * <usize>(h * w) * pixel;
    for (let b = 0; b < perBox; b++) {
      addToPlaces(dy, argmax, pixel, map);
      dy += pixel;
      argmax += pixel;
    }
  }
}
