// The gradient of max pooling: all of a window's goes to its first maximum.
import { addToPlaces, maxima } from './maxima';

/** Bytes of workspace: a pixel's maxima and their places. */
export function maxPoolGradientBytes(channels: i32): usize {
  return <usize>channels * 8;
}

/** Adds to `dx` [n, h, w, c] what `dy` [n, oh, ow, c] gives back. */
export function maxPoolGradient(
  dy: usize, x: usize, n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, sh: i32, sw: i32, top: i32, left: i32,
  oh: i32, ow: i32, dx: usize, work: usize,
): void {
  const pixel = <usize>c * 4, map = <usize>(h * w) * pixel, places = work + pixel;
  for (let image = 0; image < n; image++) {
    for (let oy = 0; oy < oh; oy++) {
      const y0 = max(oy * sh - top, 0), y1 = min(oy * sh - top + kh, h);
      for (let ox = 0; ox < ow; ox++) {
        const x0 = max(ox * sw - left, 0), x1 = min(ox * sw - left + kw, w);
        maxima(x, w, pixel, y0, y1, x0, x1, work, places);
        addToPlaces(dy, places, pixel, dx);
        dy += pixel;
      }
    }
    x += map;
    dx += map;
  }
}
