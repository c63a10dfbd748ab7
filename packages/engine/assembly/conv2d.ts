// Convolution of NHWC maps with HWIO filters, and its two gradients, without im2col.
import { ROWS } from './tile';
import { packColumns, packedBytes, packRows } from './pack';
import { BLOCK_ROWS, blockProduct, padBias, tableBytes } from './product';
import { addBlock, clearSums, DEPTH, packBlock, rowPointers, storeSums, transposedBytes } from './transposed-product';

/** Bytes of workspace for {@link conv2d}. */
export function conv2dBytes(kh: i32, kw: i32, ci: i32, co: i32): usize {
  const taps = kh * kw;
  return packedBytes(taps * ci, co) + tableBytes(taps, co) + <usize>ci * 4;
}

/** y = clamp(x ∗ w + bias, low, high); `bias` may be 0 for none. */
export function conv2d(
  x: usize, n: i32, h: i32, w: i32, ci: i32, filter: usize, kh: i32, kw: i32, co: i32, sh: i32, sw: i32,
  top: i32, left: i32, dh: i32, dw: i32, oh: i32, ow: i32, bias: usize, low: f32, high: f32, y: usize, work: usize,
): void {
  const taps = kh * kw;
  packRows(filter, taps * ci, co, <usize>co * 4, work);
  const rows = work + packedBytes(taps * ci, co);
  const outRows = rows + <usize>(BLOCK_ROWS * 4 * taps);
  const scratch = outRows + <usize>(BLOCK_ROWS * 4);
  const paddedBias = scratch + 256;
  const zeros = paddedBias + <usize>((co + 7) & ~7) * 4;
  padBias(bias, co, paddedBias);
  memory.fill(zeros, 0, <usize>ci * 4);
  const pixel = <usize>ci * 4;
  const total = n * oh * ow;
  let image = 0, oy = 0, ox = 0;
  for (let first = 0; first < total; first += BLOCK_ROWS) {
    const count = min(BLOCK_ROWS, total - first);
    const padded = (count + ROWS - 1) / ROWS * ROWS;
    for (let r = 0; r < padded; r++) {
      let entry = rows + <usize>((r / ROWS) * ROWS * taps + r % ROWS) * 4;
      const inside = r < count;
      const y0 = oy * sh - top, x0 = ox * sw - left;
      for (let ky = 0; ky < kh; ky++) {
        const iy = y0 + ky * dh;
        const insideY = inside && <u32>iy < <u32>h;
        const row = x + <usize>((image * h + iy) * w) * pixel;
        for (let kx = 0; kx < kw; kx++) {
          const ix = x0 + kx * dw;
          store<u32>(entry, insideY && <u32>ix < <u32>w ? <u32>(row + <usize>ix * pixel) : <u32>zeros);
          entry += ROWS * 4;
        }
      }
      if (inside) {
        store<u32>(outRows + <usize>r * 4, <u32>(y + <usize>(first + r) * <usize>co * 4));
        if (++ox === ow) {
          ox = 0;
          if (++oy === oh) {
            oy = 0;
            image++;
          }
        }
      }
    }
    blockProduct(rows, outRows, count, taps, ci, work, co, paddedBias, low, high, scratch);
  }
}

/** Bytes of workspace for {@link conv2dBackpropInput}. */
export function conv2dBackpropInputBytes(kh: i32, kw: i32, ci: i32, co: i32): usize {
  const taps = kh * kw;
  return packedBytes(taps * co, ci) + tableBytes(taps, ci) + <usize>co * 4 + <usize>taps * 8;
}

/**
 * dx of {@link conv2d}. With a stride, the input's pixels fall into `sh · sw` classes, each reached by its own taps
 * only: one product a class, no multiplication by zeros between the strides.
 */
export function conv2dBackpropInput(
  dy: usize, n: i32, h: i32, w: i32, ci: i32, filter: usize, kh: i32, kw: i32, co: i32, sh: i32, sw: i32,
  top: i32, left: i32, dh: i32, dw: i32, oh: i32, ow: i32, dx: usize, work: usize,
): void {
  const most = kh * kw;
  const rows = work + packedBytes(most * co, ci);
  const outRows = rows + <usize>(BLOCK_ROWS * 4 * most);
  const scratch = outRows + <usize>(BLOCK_ROWS * 4);
  const noBias = scratch + 256;
  const zeros = noBias + <usize>((ci + 7) & ~7) * 4;
  const tapList = zeros + <usize>co * 4;
  padBias(0, ci, noBias);
  memory.fill(zeros, 0, <usize>co * 4);
  const pixel = <usize>co * 4;
  const tapBytes = <usize>(ci * co) * 4;
  for (let cy = 0; cy < sh; cy++) {
    for (let cx = 0; cx < sw; cx++) {
      // The taps that reach pixels with (iy + top) mod sh = cy and (ix + left) mod sw = cx.
      let taps = 0;
      for (let ky = 0; ky < kh; ky++) {
        if ((ky * dh) % sh !== cy) continue;
        for (let kx = 0; kx < kw; kx++) {
          if ((kx * dw) % sw !== cx) continue;
          store<i32>(tapList + <usize>taps * 8, ky);
          store<i32>(tapList + <usize>taps * 8, kx, 4);
          taps++;
        }
      }
      for (let t = 0; t < taps; t++) {
        const ky = load<i32>(tapList + <usize>t * 8), kx = load<i32>(tapList + <usize>t * 8, 4);
        packColumns(
          filter + <usize>(ky * kw + kx) * tapBytes, co, ci, <usize>co * 4,
          work + <usize>(t * co) * 32, <usize>(taps * co) * 32,
        );
      }
      const firstY = (cy - top % sh + sh) % sh, firstX = (cx - left % sw + sw) % sw;
      const rowsY = firstY < h ? (h - firstY + sh - 1) / sh : 0, rowsX = firstX < w ? (w - firstX + sw - 1) / sw : 0;
      const total = n * rowsY * rowsX;
      let image = 0, iy = firstY, ix = firstX;
      for (let first = 0; first < total; first += BLOCK_ROWS) {
        const count = min(BLOCK_ROWS, total - first);
        const padded = (count + ROWS - 1) / ROWS * ROWS;
        for (let r = 0; r < padded; r++) {
          let entry = rows + <usize>((r / ROWS) * ROWS * taps + r % ROWS) * 4;
          const inside = r < count;
          for (let t = 0; t < taps; t++) {
            const ky = load<i32>(tapList + <usize>t * 8), kx = load<i32>(tapList + <usize>t * 8, 4);
            const ty = iy + top - ky * dh, tx = ix + left - kx * dw;
            const reached = inside && ty >= 0 && tx >= 0 && ty < oh * sh && tx < ow * sw;
            const from = dy + <usize>((image * oh + ty / sh) * ow + tx / sw) * pixel;
            store<u32>(entry, reached ? <u32>from : <u32>zeros);
            entry += ROWS * 4;
          }
          if (inside) {
            store<u32>(outRows + <usize>r * 4, <u32>(dx + <usize>(((image * h + iy) * w + ix) * ci) * 4));
            ix += sw;
            if (ix >= w) {
              ix = firstX;
              iy += sh;
              if (iy >= h) {
                iy = firstY;
                image++;
              }
            }
          }
        }
        blockProduct(
          rows, outRows, count, taps, co, work, ci, noBias, -Infinity, Infinity, scratch,
        );
      }
    }
  }
}

/** Bytes of workspace for {@link conv2dBackpropFilter}. */
export function conv2dBackpropFilterBytes(kh: i32, kw: i32, ci: i32, co: i32): usize {
  return transposedBytes(kh * kw * ci, co) + <usize>ci * 4;
}

/** dw of {@link conv2d}: Σ over output pixels of (input channels at the tap)ᵀ · (output gradient). */
export function conv2dBackpropFilter(
  x: usize, n: i32, h: i32, w: i32, ci: i32, dy: usize, kh: i32, kw: i32, co: i32, sh: i32, sw: i32,
  top: i32, left: i32, dh: i32, dw: i32, oh: i32, ow: i32, dfilter: usize, work: usize,
): void {
  const taps = kh * kw, depth = taps * ci;
  const pointers = rowPointers(work, depth, co);
  const zeros = work + transposedBytes(depth, co);
  memory.fill(zeros, 0, <usize>ci * 4);
  clearSums(work, depth, co);
  const pixel = <usize>ci * 4;
  const total = n * oh * ow;
  for (let first = 0; first < total; first += DEPTH) {
    const count = min(DEPTH, total - first);
    packBlock(dy + <usize>first * <usize>co * 4, count, co, work, depth);
    for (let tap = 0; tap < taps; tap++) {
      const offsetY = (tap / kw) * dh - top, offsetX = (tap % kw) * dw - left;
      let ox = first % ow, oy = first / ow % oh, image = first / ow / oh;
      for (let r = 0; r < count; r++) {
        const iy = oy * sh + offsetY, ix = ox * sw + offsetX;
        const inside = <u32>iy < <u32>h && <u32>ix < <u32>w;
        store<u32>(pointers + <usize>r * 4, inside ? <u32>(x + <usize>((image * h + iy) * w + ix) * pixel) : <u32>zeros);
        if (++ox === ow) {
          ox = 0;
          if (++oy === oh) {
            oy = 0;
            image++;
          }
        }
      }
      addBlock(count, ci, tap * ci, work, depth, co);
    }
  }
  storeSums(work, depth, co, dfilter);
}
