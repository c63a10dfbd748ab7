import { createAlignAxis, sampleAlignAxis, type AlignAxis } from './align-axis.ts';
import type { FeaturesShape, RoiAlignAttributes } from './kernels.ts';

/** A bin as the pixels it is a weighted sum of: where each begins in the features, and its weight. */
interface BinPixels {
  readonly begin: Int32Array;
  readonly weight: Float64Array;
}

type Visit = (bin: number, pixels: BinPixels, count: number) => void;

/** RoIAlign: `out[bin, :] = Σₖ weight[k] · features[pixel[k], :]`. */
export function alignFeatures(features: Float32Array, attributes: RoiAlignAttributes & FeaturesShape, out: Float32Array): void {
  const channels = attributes.featuresShape[3];
  forEachBin(attributes, (bin, { begin, weight }, count) => {
    const to = bin * channels;
    let k = 0;
    // Four pixels a pass: the sum stays in a register instead of going through memory for each.
    for (; k + 4 <= count; k += 4) {
      const [a, b, c, d] = [begin[k], begin[k + 1], begin[k + 2], begin[k + 3]];
      const [wa, wb, wc, wd] = [weight[k], weight[k + 1], weight[k + 2], weight[k + 3]];
      for (let i = 0; i < channels; i++) {
        out[to + i] += wa * features[a + i] + wb * features[b + i] + wc * features[c + i] + wd * features[d + i];
      }
    }
    for (; k < count; k++) {
      const [a, wa] = [begin[k], weight[k]];
      for (let i = 0; i < channels; i++) {
        out[to + i] += wa * features[a + i];
      }
    }
  });
}

/** The gradient of RoIAlign, its transpose: `dfeatures[pixel[k], :] += weight[k] · dy[bin, :]`. */
export function alignGradient(dy: Float32Array, attributes: RoiAlignAttributes & FeaturesShape, dfeatures: Float32Array): void {
  const channels = attributes.featuresShape[3];
  forEachBin(attributes, (bin, { begin, weight }, count) => {
    const from = bin * channels;
    for (let k = 0; k < count; k++) {
      const [a, wa] = [begin[k], weight[k]];
      for (let i = 0; i < channels; i++) {
        dfeatures[a + i] += wa * dy[from + i];
      }
    }
  });
}

/** Every bin of every box, in the order of the output, with the pixels under it. */
function forEachBin(attributes: RoiAlignAttributes & FeaturesShape, visit: Visit): void {
  const { boxes, images, height, width, featuresShape } = attributes;
  const [, mapHeight, mapWidth, channels] = featuresShape;
  const ys = createAlignAxis(boxes, 1, height, mapHeight, attributes);
  const xs = createAlignAxis(boxes, 0, width, mapWidth, attributes);
  const room = mostPixels(ys) * mostPixels(xs);
  const pixels: BinPixels = { begin: new Int32Array(room), weight: new Float64Array(room) };
  for (let r = 0; r < images.length; r++) {
    sampleAlignAxis(ys, boxes[4 * r + 1], boxes[4 * r + 3], mapHeight, attributes);
    sampleAlignAxis(xs, boxes[4 * r], boxes[4 * r + 2], mapWidth, attributes);
    const image = images[r] * mapHeight * mapWidth;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        visit((r * height + y) * width + x, pixels, multiply(pixels, ys, y, xs, x, image, mapWidth, channels));
      }
    }
  }
}

/** Writes the pixels of bin (y, x): every pixel of the row's with every one of the column's. Answers how many. */
function multiply(
  { begin, weight }: BinPixels,
  ys: AlignAxis,
  y: number,
  xs: AlignAxis,
  x: number,
  image: number,
  mapWidth: number,
  channels: number,
): number {
  let count = 0;
  for (let i = ys.first[y]; i < ys.first[y + 1]; i++) {
    const row = image + ys.index[i] * mapWidth;
    for (let j = xs.first[x]; j < xs.first[x + 1]; j++) {
      begin[count] = (row + xs.index[j]) * channels;
      weight[count] = ys.weight[i] * xs.weight[j];
      count++;
    }
  }
  return count;
}

function mostPixels(axis: AlignAxis): number {
  return axis.index.length / (axis.first.length - 1);
}
