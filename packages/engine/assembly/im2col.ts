// A convolution's windows as the rows of a matrix, and the adjoint: what turns it into one matrix product where a fast
// one is at hand. Channels lie innermost, so that a tap is one contiguous run.

/** `count` floats from one place to another. */
@inline function copyRun(from: usize, to: usize, count: i32): void {
  let k = count;
  for (; k >= 4; k -= 4) {
    v128.store(to, v128.load(from));
    from += 16; to += 16;
  }
  for (; k > 0; k--) {
    store<f32>(to, load<f32>(from));
    from += 4; to += 4;
  }
}

/** `count` zeros. */
@inline function clearRun(to: usize, count: i32): void {
  let k = count;
  for (; k >= 4; k -= 4) {
    v128.store(to, f32x4.splat(0));
    to += 16;
  }
  for (; k > 0; k--) {
    store<f32>(to, 0);
    to += 4;
  }
}

/** Adds `count` floats to others. */
@inline function addRun(from: usize, to: usize, count: i32): void {
  let k = count;
  for (; k >= 4; k -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16; to += 16;
  }
  for (; k > 0; k--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4; to += 4;
  }
}

/** Rows `first … first + count` of [n·oh·ow, kh·kw·ci]: every output pixel's window, zeros outside of the image. */
export function im2col(
  x: usize, h: i32, w: i32, ci: i32, kh: i32, kw: i32, sh: i32, sw: i32, top: i32, left: i32, dh: i32, dw: i32,
  oh: i32, ow: i32, first: i32, count: i32, out: usize,
): void {
  const pixel = <usize>ci * 4;
  for (let r = first; r < first + count; r++) {
    const ox = r % ow, line = r / ow, oy = line % oh, image = line / oh;
    for (let ky = 0; ky < kh; ky++) {
      const iy = oy * sh - top + ky * dh, x0 = ox * sw - left;
      if (<u32>iy >= <u32>h) {
        clearRun(out, kw * ci);
        out += <usize>kw * pixel;
        continue;
      }
      const row = x + <usize>((image * h + iy) * w) * pixel;
      if (dw === 1 && x0 >= 0 && x0 + kw <= w) {
        copyRun(row + <usize>x0 * pixel, out, kw * ci);
        out += <usize>kw * pixel;
        continue;
      }
      for (let kx = 0; kx < kw; kx++) {
        const ix = x0 + kx * dw;
        if (<u32>ix < <u32>w) copyRun(row + <usize>ix * pixel, out, ci);
        else clearRun(out, ci);
        out += pixel;
      }
    }
  }
}

/** Adds rows `first … first + count` of [n·oh·ow, kh·kw·ci] to the pixels that they are windows of. */
export function col2im(
  columns: usize, h: i32, w: i32, ci: i32, kh: i32, kw: i32, sh: i32, sw: i32, top: i32, left: i32, dh: i32, dw: i32,
  oh: i32, ow: i32, first: i32, count: i32, dx: usize,
): void {
  const pixel = <usize>ci * 4;
  for (let r = first; r < first + count; r++) {
    const ox = r % ow, line = r / ow, oy = line % oh, image = line / oh;
    for (let ky = 0; ky < kh; ky++) {
      const iy = oy * sh - top + ky * dh, x0 = ox * sw - left;
      if (<u32>iy >= <u32>h) {
        columns += <usize>kw * pixel;
        continue;
      }
      const row = dx + <usize>((image * h + iy) * w) * pixel;
      if (dw === 1 && x0 >= 0 && x0 + kw <= w) {
        addRun(columns, row + <usize>x0 * pixel, kw * ci);
        columns += <usize>kw * pixel;
        continue;
      }
      for (let kx = 0; kx < kw; kx++) {
        const ix = x0 + kx * dw;
        if (<u32>ix < <u32>w) addRun(columns, row + <usize>ix * pixel, ci);
        columns += pixel;
      }
    }
  }
}
