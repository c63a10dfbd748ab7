// RoIAlign and its gradient (He et al. 2017, §3). Bilinear weights of the two axes multiply, so that a bin is a weighted
// sum of a few pixels, each with its channels side by side.
import { axisBytes, axisFirst, axisIndices, axisWeights, sampleAxis, transposeAxis } from './align-axis';
import { storeTerm, TERM_BYTES, weightedSum } from './weighted-sum';

/** Bytes of workspace; `roomY` and `roomX` bound the weights of a whole axis, `terms` those of one sum. */
export function roiAlignBytes(bins: i32, extent: i32, room: i32, terms: i32): usize {
  return 2 * axisBytes(bins, room) + 2 * axisBytes(extent, room) + <usize>terms * TERM_BYTES;
}

/**
 * `out` [count, bh, bw, c] from `features` [·, h, w, c]. `boxes` holds 4 floats and `images` an index for each of `count`
 * boxes; `room` is how many weights an axis may need.
 */
export function roiAlign(
  features: usize, h: i32, w: i32, c: i32, boxes: usize, images: usize, count: i32, bh: i32, bw: i32,
  scale: f32, ratio: i32, aligned: bool, room: i32, out: usize, work: usize,
): void {
  const bins = max(bh, bw), pixel = <usize>c * 4;
  const ys = work, xs = ys + axisBytes(bins, room), terms = xs + axisBytes(bins, room);
  for (let r = 0; r < count; r++) {
    const box = boxes + <usize>r * 16;
    sampleAxis(ys, bh, room, load<f32>(box, 4), load<f32>(box, 12), h, scale, ratio, aligned);
    sampleAxis(xs, bw, room, load<f32>(box), load<f32>(box, 8), w, scale, ratio, aligned);
    const map = features + <usize>load<i32>(images + <usize>r * 4) * <usize>(h * w) * pixel;
    sums(map, w, ys, bh, xs, bw, room, pixel, c, terms, false, out);
    out += <usize>(bh * bw) * pixel;
  }
}

/** Adds to `dfeatures` [·, h, w, c] what `dy` [count, bh, bw, c] gives back, the transpose of {@link roiAlign}. */
export function roiAlignGradient(
  dy: usize, h: i32, w: i32, c: i32, boxes: usize, images: usize, count: i32, bh: i32, bw: i32,
  scale: f32, ratio: i32, aligned: bool, room: i32, dfeatures: usize, work: usize,
): void {
  const bins = max(bh, bw), extent = max(h, w), pixel = <usize>c * 4;
  const ys = work, xs = ys + axisBytes(bins, room);
  const ysOfPixels = xs + axisBytes(bins, room), xsOfPixels = ysOfPixels + axisBytes(extent, room);
  const terms = xsOfPixels + axisBytes(extent, room);
  for (let r = 0; r < count; r++) {
    const box = boxes + <usize>r * 16;
    sampleAxis(ys, bh, room, load<f32>(box, 4), load<f32>(box, 12), h, scale, ratio, aligned);
    sampleAxis(xs, bw, room, load<f32>(box), load<f32>(box, 8), w, scale, ratio, aligned);
    transposeAxis(ys, bh, room, ysOfPixels, h);
    transposeAxis(xs, bw, room, xsOfPixels, w);
    const map = dfeatures + <usize>load<i32>(images + <usize>r * 4) * <usize>(h * w) * pixel;
    sums(dy, bw, ysOfPixels, h, xsOfPixels, w, room, pixel, c, terms, true, map);
    dy += <usize>(bh * bw) * pixel;
  }
}

/** Each pixel of `target`, rows × columns, as the sum of pixels of `source` weighted by the product of the axes' weights. */
function sums(
  source: usize, sourceWidth: i32, ys: usize, rows: i32, xs: usize, columns: i32, room: i32, pixel: usize, c: i32,
  terms: usize, add: bool, target: usize,
): void {
  const yIndices = axisIndices(ys, rows), yWeights = axisWeights(ys, rows, room);
  const xIndices = axisIndices(xs, columns), xWeights = axisWeights(xs, columns, room);
  for (let y = 0; y < rows; y++) {
    const y0 = axisFirst(ys, y), y1 = axisFirst(ys, y + 1);
    if (add && y0 === y1) continue;
    for (let x = 0; x < columns; x++) {
      const x0 = axisFirst(xs, x), x1 = axisFirst(xs, x + 1);
      if (add && x0 === x1) continue;
      let at = terms;
      for (let i = y0; i < y1; i++) {
        const row = load<i32>(yIndices + <usize>i * 4) * sourceWidth, weight = load<f32>(yWeights + <usize>i * 4);
        for (let j = x0; j < x1; j++) {
          const place = row + load<i32>(xIndices + <usize>j * 4);
          storeTerm(at, source + <usize>place * pixel, weight * load<f32>(xWeights + <usize>j * 4));
          at += TERM_BYTES;
        }
      }
      weightedSum(terms, (y1 - y0) * (x1 - x0), c, add, target + <usize>(y * columns + x) * pixel);
    }
  }
}
