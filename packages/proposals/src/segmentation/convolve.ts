// Convolutions with symmetric kernels, in OpenCV's order of additions, each rounded to float32 as its fused multiply–adds
// are: the product of two float32 is exact in float64, so that each step rounds once. Edge weights then compare as OpenCV's.

const f32 = Math.fround;

/** Along a row with `radius` more numbers at either side: `out[x] = Σ kernel[i] · padded[x + i]`. */
export function convolveRow(padded: Float32Array, kernel: Float32Array, out: Float32Array): void {
  const radius = kernel.length >> 1;
  if (radius === 3) {
    sevenTaps(padded, kernel, out);
  } else if (radius === 0) {
    out.set(padded);
  } else if (radius <= 2) {
    // OpenCV's short kernels: the nearest pair, the centre, the next pair.
    out.fill(0);
    addPair(padded.subarray(radius - 1), padded.subarray(radius + 1), kernel[radius + 1], out);
    addOne(padded.subarray(radius), kernel[radius], out);
    if (radius === 2) addPair(padded, padded.subarray(4), kernel[4], out);
  } else {
    out.fill(0);
    kernel.forEach((factor, i) => addOne(padded.subarray(i), factor, out));
  }
}

/** Across rows: `out[x] = Σ kernel[i] · rows[i][x]`, from the middle outwards. */
export function convolveColumns(rows: readonly Float32Array[], kernel: Float32Array, out: Float32Array): void {
  const radius = kernel.length >> 1;
  if (radius === 3) {
    sevenRows(rows, kernel, out);
    return;
  }
  out.fill(0);
  addOne(rows[radius], kernel[radius], out);
  for (let i = 1; i <= radius; i++) {
    addPair(rows[radius - i], rows[radius + i], kernel[radius + i], out);
  }
}

/** Seven taps in one loop, three times as fast: σ = .8, selective search's, has seven. */
function sevenTaps(row: Float32Array, kernel: Float32Array, out: Float32Array): void {
  const [k0, k1, k2, k3] = kernel;
  for (let x = 0; x < out.length; x++) {
    let sum = f32(row[x] * k0);
    sum = f32(row[x + 1] * k1 + sum);
    sum = f32(row[x + 2] * k2 + sum);
    sum = f32(row[x + 3] * k3 + sum);
    sum = f32(row[x + 4] * k2 + sum);
    sum = f32(row[x + 5] * k1 + sum);
    out[x] = row[x + 6] * k0 + sum;
  }
}

function sevenRows([a, b, c, d, e, f, g]: readonly Float32Array[], kernel: Float32Array, out: Float32Array): void {
  const [k0, k1, k2, k3] = kernel;
  for (let x = 0; x < out.length; x++) {
    let sum = f32(d[x] * k3);
    sum = f32(f32(c[x] + e[x]) * k2 + sum);
    sum = f32(f32(b[x] + f[x]) * k1 + sum);
    out[x] = f32(a[x] + g[x]) * k0 + sum;
  }
}

function addOne(row: Float32Array, factor: number, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    out[x] = row[x] * factor + out[x];
  }
}

function addPair(a: Float32Array, b: Float32Array, factor: number, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    out[x] = f32(a[x] + b[x]) * factor + out[x];
  }
}
