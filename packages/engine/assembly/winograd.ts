// Winograd's minimal filtering F(4×4, 3×3) for 3×3 convolutions of stride 1 (Winograd 1980; Lavin & Gray 2016, §4), and
// its adjoint for the gradient of the filter. Tiles of 4×4 output pixels read 6×6 input pixels:
//
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A        36 products for 16 outputs, where the plain sum takes 144
//
// The 36 positions are matrix products over channels, which the caller computes in between, so a transformed operand
// lies as 36 matrices: [36][tiles][channels]. Channels come in fours. `tiles` are counted row by row through all images.

/** Bytes of one vector of four channels. */
const LANE: usize = 16;
/** Vectors transformed at once: a cache line, so that every line of the 36 matrices is written whole. */
const VECTORS: i32 = 32;
/** Bytes from one position of the scratch grid to the next. */
const ROW: usize = <usize>VECTORS * LANE;
/** Bytes of the transforms' scratch memory: 36 positions of `VECTORS` vectors, and the 36 pointers of a tile. */
const GRID: usize = 36 * <usize>VECTORS * LANE;

/** Bytes of workspace for the transforms of maps with `channels` channels: scratch, pointers, and a pixel of zeros. */
export function winogradBytes(channels: i32): usize {
  return GRID + 36 * 4 + <usize>channels * 4 + 64;
}

@inline function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

/** Bᵀ of six vectors `step` bytes apart at `from`, to six `stride` bytes apart at `to`. */
@inline function inputLine(from: usize, step: usize, to: usize, stride: usize): void {
  inputLineOf(
    v128.load(from), v128.load(from + step), v128.load(from + 2 * step), v128.load(from + 3 * step),
    v128.load(from + 4 * step), v128.load(from + 5 * step), to, stride,
  );
}

@inline function inputLineOf(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, stride: usize): void {
  const even = f32x4.sub(d4, times(d2, 4)), odd = f32x4.sub(d3, times(d1, 4));
  const difference = f32x4.sub(d4, d2), twice = times(f32x4.sub(d3, d1), 2);
  v128.store(to, f32x4.add(f32x4.sub(times(d0, 4), times(d2, 5)), d4));
  v128.store(to + stride, f32x4.add(even, odd));
  v128.store(to + 2 * stride, f32x4.sub(even, odd));
  v128.store(to + 3 * stride, f32x4.add(difference, twice));
  v128.store(to + 4 * stride, f32x4.sub(difference, twice));
  v128.store(to + 5 * stride, f32x4.add(f32x4.sub(times(d1, 4), times(d3, 5)), d5));
}

/** Where the pixels of a tile's `size × size` window begin: `size²` pointers; `zeros` outside of the image. */
function windowPointers(
  table: usize, x: usize, h: i32, w: i32, pixel: usize, y0: i32, x0: i32, size: i32, zeros: usize,
): void {
  for (let i = 0; i < size; i++) {
    const inside = <u32>(y0 + i) < <u32>h;
    const row = x + <usize>((y0 + i) * w) * pixel;
    for (let j = 0; j < size; j++) {
      store<u32>(table, inside && <u32>(x0 + j) < <u32>w ? <u32>(row + <usize>(x0 + j) * pixel) : <u32>zeros);
      table += 4;
    }
  }
}

/** V = Bᵀ d B for `count` tiles from the `first` on; `top` and `left` are the padding. V is [36][count][c]. */
export function winogradInput(
  x: usize, h: i32, w: i32, c: i32, top: i32, left: i32, tilesY: i32, tilesX: i32, first: i32, count: i32, v: usize, work: usize,
): void {
  const table = work + GRID, zeros = table + 36 * 4;
  const pixel = <usize>c * 4, matrix = <usize>count * pixel, total = c >> 2;
  memory.fill(zeros, 0, pixel);
  for (let tile = 0; tile < count; tile++) {
    const t = first + tile, column = t % tilesX, line = t / tilesX, row = line % tilesY, image = line / tilesY;
    windowPointers(table, x + <usize>(image * h * w) * pixel, h, w, pixel, row * 4 - top, column * 4 - left, 6, zeros);
    const out = v + <usize>tile * pixel;
    for (let group = 0; group < total; group += VECTORS) {
      const vectors = min(VECTORS, total - group);
      const offset = <usize>group * LANE;
      for (let j: usize = 0; j < 6; j++) {
        const at = table + j * 4;
        const p0 = <usize>load<u32>(at) + offset, p1 = <usize>load<u32>(at, 24) + offset, p2 = <usize>load<u32>(at, 48) + offset;
        const p3 = <usize>load<u32>(at, 72) + offset, p4 = <usize>load<u32>(at, 96) + offset, p5 = <usize>load<u32>(at, 120) + offset;
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          inputLineOf(
            v128.load(p0 + k), v128.load(p1 + k), v128.load(p2 + k), v128.load(p3 + k), v128.load(p4 + k), v128.load(p5 + k),
            work + j * ROW + k, 6 * ROW,
          );
        }
      }
      for (let i: usize = 0; i < 6; i++) {
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          inputLine(work + i * 6 * ROW + k, ROW, out + i * 6 * matrix + offset + k, matrix);
        }
      }
    }
  }
}

/** Aᵀ of six vectors `step` bytes apart, to four `stride` bytes apart. */
@inline function outputLine(from: usize, step: usize, to: usize, stride: usize): void {
  const m0 = v128.load(from), m1 = v128.load(from + step), m2 = v128.load(from + 2 * step);
  const m3 = v128.load(from + 3 * step), m4 = v128.load(from + 4 * step), m5 = v128.load(from + 5 * step);
  const s1 = f32x4.add(m1, m2), d1 = f32x4.sub(m1, m2), s2 = f32x4.add(m3, m4), d2 = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, s1), s2));
  v128.store(to + stride, f32x4.add(d1, times(d2, 2)));
  v128.store(to + 2 * stride, f32x4.add(s1, times(s2, 4)));
  v128.store(to + 3 * stride, f32x4.add(f32x4.add(d1, times(d2, 8)), m5));
}

/** y = clamp(Aᵀ m A + bias, low, high) for `count` tiles; m is [36][count][c]; `bias` may be 0 for none. */
export function winogradOutput(
  m: usize, c: i32, oh: i32, ow: i32, tilesY: i32, tilesX: i32, first: i32, count: i32, bias: usize, low: f32, high: f32,
  y: usize, work: usize,
): void {
  const pixel = <usize>c * 4, matrix = <usize>count * pixel, total = c >> 2;
  const lowest = f32x4.splat(low), highest = f32x4.splat(high);
  for (let tile = 0; tile < count; tile++) {
    const t = first + tile, column = t % tilesX, line = t / tilesX, row = line % tilesY, image = line / tilesY;
    const rows = min(4, oh - row * 4), columns = min(4, ow - column * 4);
    const out = y + <usize>((image * oh + row * 4) * ow + column * 4) * pixel;
    const from = m + <usize>tile * pixel;
    for (let group = 0; group < total; group += VECTORS) {
      const vectors = min(VECTORS, total - group);
      const offset = <usize>group * LANE;
      for (let j: usize = 0; j < 6; j++) {
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          outputLine(from + j * matrix + offset + k, 6 * matrix, work + j * ROW + k, 6 * ROW);
        }
      }
      for (let i: usize = 0; i < <usize>rows; i++) {
        const grid = work + i * 6 * ROW;
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          outputLine(grid + k, ROW, grid + k, ROW);
          const add = bias === 0 ? f32x4.splat(0) : v128.load(bias + offset + k);
          const to = out + i * <usize>ow * pixel + offset + k;
          for (let j: usize = 0; j < <usize>columns; j++) {
            const sum = f32x4.add(v128.load(grid + j * ROW + k), add);
            v128.store(to + j * pixel, f32x4.pmin(f32x4.pmax(sum, lowest), highest)); // a NaN stays a NaN
          }
        }
      }
    }
  }
}

/** A of four vectors, to six `stride` bytes apart. */
@inline function adjointLineOf(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, stride: usize): void {
  const even = f32x4.add(y0, y2), odd = f32x4.add(y1, y3);
  const even2 = f32x4.add(y0, times(y2, 4)), odd2 = f32x4.add(times(y1, 2), times(y3, 8));
  v128.store(to, y0);
  v128.store(to + stride, f32x4.add(even, odd));
  v128.store(to + 2 * stride, f32x4.sub(even, odd));
  v128.store(to + 3 * stride, f32x4.add(even2, odd2));
  v128.store(to + 4 * stride, f32x4.sub(even2, odd2));
  v128.store(to + 5 * stride, y3);
}

/** dM = A dy Aᵀ for `count` tiles: the adjoint of {@link winogradOutput}; dM is [36][count][c]. */
export function winogradOutputAdjoint(
  dy: usize, oh: i32, ow: i32, c: i32, tilesY: i32, tilesX: i32, first: i32, count: i32, dm: usize, work: usize,
): void {
  const table = work + GRID, zeros = table + 36 * 4;
  const pixel = <usize>c * 4, matrix = <usize>count * pixel, total = c >> 2;
  memory.fill(zeros, 0, pixel);
  for (let tile = 0; tile < count; tile++) {
    const t = first + tile, column = t % tilesX, line = t / tilesX, row = line % tilesY, image = line / tilesY;
    windowPointers(table, dy + <usize>(image * oh * ow) * pixel, oh, ow, pixel, row * 4, column * 4, 4, zeros);
    const out = dm + <usize>tile * pixel;
    for (let group = 0; group < total; group += VECTORS) {
      const vectors = min(VECTORS, total - group);
      const offset = <usize>group * LANE;
      for (let j: usize = 0; j < 4; j++) {
        const at = table + j * 4;
        const p0 = <usize>load<u32>(at) + offset, p1 = <usize>load<u32>(at, 16) + offset;
        const p2 = <usize>load<u32>(at, 32) + offset, p3 = <usize>load<u32>(at, 48) + offset;
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          adjointLineOf(
            v128.load(p0 + k), v128.load(p1 + k), v128.load(p2 + k), v128.load(p3 + k), work + j * ROW + k, 4 * ROW,
          );
        }
      }
      for (let i: usize = 0; i < 6; i++) {
        for (let k: usize = 0; k < <usize>vectors * LANE; k += LANE) {
          const grid = work + i * 4 * ROW + k;
          adjointLineOf(
            v128.load(grid), v128.load(grid + ROW), v128.load(grid + 2 * ROW), v128.load(grid + 3 * ROW),
            out + i * 6 * matrix + offset + k, matrix,
          );
        }
      }
    }
  }
}
