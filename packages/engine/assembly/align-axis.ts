// RoIAlign along one axis of one box as weights of pixels (He et al. 2017, §3), in float32 operation by operation as
// torchvision computes it. Bin b is Σₖ weight[k] · pixel index[k] over k = first[b] … first[b + 1] − 1.

/** Bytes of an axis: `first`, then `room` indices, then `room` weights. */
export function axisBytes(bins: i32, room: i32): usize {
  return <usize>(bins + 1 + 2 * room) * 4;
}

@inline export function axisFirst(axis: usize, b: i32): i32 { return load<i32>(axis + <usize>b * 4); }
@inline export function axisIndices(axis: usize, bins: i32): usize { return axis + <usize>(bins + 1) * 4; }
@inline export function axisWeights(axis: usize, bins: i32, room: i32): usize { return axis + <usize>(bins + 1 + room) * 4; }

/** Fills the axis for a box from `start` to `end` in image pixels; `ratio` of 0 or less: as many samples as pixels a bin. */
export function sampleAxis(
  axis: usize, bins: i32, room: i32, start: f32, end: f32, extent: i32, scale: f32, ratio: i32, aligned: bool,
): void {
  const indices = axisIndices(axis, bins), weights = axisWeights(axis, bins, room);
  const shift: f32 = aligned ? 0.5 : 0;
  const begin = start * scale - shift;
  let size = end * scale - shift - begin;
  if (!aligned) size = max<f32>(size, 1);
  const bin = size / <f32>bins;
  const samples = ratio > 0 ? ratio : <i32>ceil<f32>(bin);
  let count = 0;
  for (let b = 0; b < bins; b++) {
    store<i32>(axis + <usize>b * 4, count);
    const from = count;
    const binBegin = begin + <f32>b * bin;
    for (let s = 0; s < samples; s++) {
      const position = binBegin + (<f32>s + 0.5) * bin / <f32>samples;
      if (!(position >= -1 && position <= <f32>extent)) continue;
      const inside = max<f32>(position, 0);
      const low = min<i32>(<i32>inside, extent - 1);
      const fraction: f32 = low === extent - 1 ? 0 : inside - <f32>low;
      count = addWeight(indices, weights, from, count, low, (1 - fraction) / <f32>samples);
      if (fraction > 0) count = addWeight(indices, weights, from, count, low + 1, fraction / <f32>samples);
    }
  }
  store<i32>(axis + <usize>bins * 4, count);
}

/** Adds to a pixel's weight, or gives it a place at `end`; samples ascend, so a pixel met before is among the last two. */
@inline function addWeight(indices: usize, weights: usize, from: i32, end: i32, pixel: i32, amount: f32): i32 {
  for (let k = end - 1; k >= from && k >= end - 2; k--) {
    if (load<i32>(indices + <usize>k * 4) === pixel) {
      const at = weights + <usize>k * 4;
      store<f32>(at, load<f32>(at) + amount);
      return end;
    }
  }
  store<i32>(indices + <usize>end * 4, pixel);
  store<f32>(weights + <usize>end * 4, amount);
  return end + 1;
}

/** The axis seen from the map, as an axis of `extent` "bins": for each pixel, the bins that read it, ascending. */
export function transposeAxis(axis: usize, bins: i32, room: i32, pixels: usize, extent: i32): void {
  const indices = axisIndices(axis, bins), weights = axisWeights(axis, bins, room);
  const toIndices = axisIndices(pixels, extent), toWeights = axisWeights(pixels, extent, room);
  const total = axisFirst(axis, bins);
  // A counting sort. It moves each pixel's `first` to its end, which is the next one's beginning.
  memory.fill(pixels, 0, <usize>(extent + 1) * 4);
  for (let k = 0; k < total; k++) {
    const at = pixels + <usize>(load<i32>(indices + <usize>k * 4) + 1) * 4;
    store<i32>(at, load<i32>(at) + 1);
  }
  for (let p = 1; p <= extent; p++) {
    const at = pixels + <usize>p * 4;
    store<i32>(at, load<i32>(at) + load<i32>(at - 4));
  }
  for (let b = 0; b < bins; b++) {
    for (let k = axisFirst(axis, b); k < axisFirst(axis, b + 1); k++) {
      const at = pixels + <usize>load<i32>(indices + <usize>k * 4) * 4;
      const place = load<i32>(at);
      store<i32>(at, place + 1);
      store<i32>(toIndices + <usize>place * 4, b);
      store<f32>(toWeights + <usize>place * 4, load<f32>(weights + <usize>k * 4));
    }
  }
  memory.copy(pixels + 4, pixels, <usize>extent * 4);
  store<i32>(pixels, 0);
}
