import { maskFromRle, type Boxes, type Rle } from '@rcnn/geometry';
import { alignWeights, type AlignAxis } from '@rcnn/roi-ops';

/** RoIAlign of each box from its own mask: [R, m, m], row-major. */
export function cropMasks(caller: string, masks: readonly Rle[], boxes: Boxes, maskSize: number, aligned: boolean): Float32Array {
  const count = boxes.length / 4;
  if (masks.length !== count) throw new RangeError(`${caller}: expected a mask for each of ${count} regions, got ${masks.length}`);
  const crops = new Float32Array(count * maskSize * maskSize);
  // Object by object: many regions share one, and all masks unpacked at once would take a lot of memory.
  for (const rle of new Set(masks)) {
    const pixels = maskFromRle(rle);
    for (let region = 0; region < count; region++) {
      if (masks[region] !== rle) continue;
      const [x1, y1, x2, y2] = boxes.subarray(4 * region, 4 * region + 4);
      const xs = alignWeights(x1, x2, maskSize, rle.width, { aligned });
      const ys = alignWeights(y1, y2, maskSize, rle.height, { aligned });
      cropMask(pixels, rle.width, xs, ys, crops.subarray(region * maskSize * maskSize, (region + 1) * maskSize * maskSize));
    }
  }
  return crops;
}

/** Along y, then along x: out = Wy · mask · Wxᵀ. */
function cropMask(pixels: Uint8Array, width: number, xs: AlignAxis, ys: AlignAxis, out: Float32Array): void {
  const bins = xs.first.length - 1;
  const used = xs.index.subarray(0, xs.first[bins]);
  const left = used.reduce((least, x) => Math.min(least, x), width);
  const right = used.reduce((most, x) => Math.max(most, x), -1);
  const row = new Float64Array(Math.max(0, right + 1 - left));
  for (let y = 0; y < bins; y++) {
    row.fill(0);
    for (let k = ys.first[y]; k < ys.first[y + 1]; k++) {
      const [from, weight] = [ys.index[k] * width + left, ys.weight[k]];
      for (let x = 0; x < row.length; x++) row[x] += weight * pixels[from + x];
    }
    for (let x = 0; x < bins; x++) {
      let sum = 0;
      for (let k = xs.first[x]; k < xs.first[x + 1]; k++) sum += xs.weight[k] * row[xs.index[k] - left];
      out[y * bins + x] = sum;
    }
  }
}
