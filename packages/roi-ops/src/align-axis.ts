/** How RoIAlign samples one axis, in the words of its options. */
export interface AxisSampling {
  readonly spatialScale: number;
  readonly samplingRatio: number;
  readonly aligned: boolean;
}

/**
 * RoIAlign along one axis of one box, as weights of pixels: bin b is Σₖ `weight[k]` · pixel `index[k]` over
 * k = `first[b]` … `first[b + 1]` − 1, indices ascending. RoIAlign is bilinear, so these weights of the two axes multiply.
 * One is made per axis and filled anew for each box.
 */
export interface AlignAxis {
  readonly first: Int32Array;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

const f32 = Math.fround;

/**
 * An {@link AlignAxis} with room for any of the boxes.
 * @param offset 0 for x, 1 for y: where a box has the axis's start, and 2 further its end
 * @param extent pixels of the map along the axis
 */
export function createAlignAxis(
  boxes: Float32Array,
  offset: 0 | 1,
  bins: number,
  extent: number,
  sampling: AxisSampling,
): AlignAxis {
  let samples = 0;
  for (let i = offset; i < boxes.length; i += 4) {
    samples = Math.max(samples, samplesOf(scaledSize(boxes[i], boxes[i + 2], sampling), bins, sampling));
  }
  const room = bins * Math.min(2 * samples, extent);
  return { first: new Int32Array(bins + 1), index: new Int32Array(room), weight: new Float64Array(room) };
}

/**
 * Fills the axis for a box from `start` to `end` (image pixels): He et al. 2017, §3, as torchvision computes it. Samples
 * stand evenly in each bin; one more than a pixel outside the map counts 0, one less than that as the border.
 */
export function sampleAlignAxis(axis: AlignAxis, start: number, end: number, extent: number, sampling: AxisSampling): void {
  const { first } = axis;
  const bins = first.length - 1;
  const size = scaledSize(start, end, sampling);
  const samples = samplesOf(size, bins, sampling);
  const begin = scaledStart(start, sampling);
  const bin = f32(size / bins);
  let count = 0;
  for (let b = 0; b < bins; b++) {
    first[b] = count;
    const binBegin = f32(begin + f32(b * bin));
    for (let s = 0; s < samples; s++) {
      const position = f32(binBegin + f32(f32((s + 0.5) * bin) / samples));
      if (position < -1 || position > extent) {
        continue;
      }
      const inside = Math.max(position, 0);
      const low = Math.min(Math.floor(inside), extent - 1);
      const fraction = low === extent - 1 ? 0 : inside - low;
      count = addWeight(axis, first[b], count, low, (1 - fraction) / samples);
      if (fraction > 0) {
        count = addWeight(axis, first[b], count, low + 1, fraction / samples);
      }
    }
  }
  first[bins] = count;
}

/** The axis seen from the map: for each pixel, the bins that read it, ascending, and their weights. */
export function transposeAlignAxis({ first, index, weight }: AlignAxis, pixels: AlignAxis): void {
  const bins = first.length - 1;
  // A counting sort. It moves each pixel's `first` to its end, which is the next one's beginning.
  pixels.first.fill(0);
  for (let k = 0; k < first[bins]; k++) {
    pixels.first[index[k] + 1]++;
  }
  for (let pixel = 1; pixel < pixels.first.length; pixel++) {
    pixels.first[pixel] += pixels.first[pixel - 1];
  }
  for (let b = 0; b < bins; b++) {
    for (let k = first[b]; k < first[b + 1]; k++) {
      const at = pixels.first[index[k]]++;
      pixels.index[at] = b;
      pixels.weight[at] = weight[k];
    }
  }
  pixels.first.copyWithin(1, 0);
  pixels.first[0] = 0;
}

/** Adds to a pixel's weight, or gives it a place at `end`; samples ascend, so a pixel met before is among the last two. */
function addWeight({ index, weight }: AlignAxis, from: number, end: number, pixel: number, amount: number): number {
  for (let k = end - 1; k >= from && k >= end - 2; k--) {
    if (index[k] === pixel) {
      weight[k] += amount;
      return end;
    }
  }
  index[end] = pixel;
  weight[end] = amount;
  return end + 1;
}

function scaledStart(start: number, { spatialScale, aligned }: AxisSampling): number {
  return f32(f32(start * f32(spatialScale)) - (aligned ? 0.5 : 0));
}

function scaledSize(start: number, end: number, sampling: AxisSampling): number {
  const size = f32(scaledStart(end, sampling) - scaledStart(start, sampling));
  return sampling.aligned ? size : Math.max(size, 1);
}

function samplesOf(size: number, bins: number, { samplingRatio }: AxisSampling): number {
  return samplingRatio > 0 ? samplingRatio : Math.ceil(f32(size / bins));
}
