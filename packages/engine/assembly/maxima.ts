// The maximum of a window, channel by channel, and where it was.

/** C's −FLT_MAX, below which nothing is a maximum. */
const LOWEST: f32 = -3.4028234663852886e38;

/**
 * Every channel's maximum over rows y0 … y1 and columns x0 … x1 of a map `w` pixels wide, and its place, `y · w + x`, the
 * first in row-major order. 16 channels at a time: their maxima and places stay in registers.
 */
export function maxima(map: usize, w: i32, pixel: usize, y0: i32, y1: i32, x0: i32, x1: i32, out: usize, argmax: usize): void {
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

/** Adds each channel of `dy` to its place in the map. */
export function addToPlaces(dy: usize, places: usize, pixel: usize, map: usize): void {
  for (let k: usize = 0; k < pixel; k += 4) {
    const place = load<i32>(places + k);
    if (place >= 0) {
      const to = map + <usize>place * pixel + k;
      store<f32>(to, load<f32>(to) + load<f32>(dy + k));
    }
  }
}
