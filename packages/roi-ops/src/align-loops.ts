import { createAlignAxis, sampleAlignAxis, transposeAlignAxis, type AlignAxis } from './align-axis.ts';
import type { FeaturesShape, RoiAlignAttributes } from './kernels.ts';
import { addWeightedSum, type WeightedPixels } from './weighted-sum.ts';

type Attributes = RoiAlignAttributes & FeaturesShape;

/** Pixels of `channels` numbers each, `width` a row, from pixel `base` of the array on. */
interface Plane {
  readonly numbers: Float32Array;
  readonly base: number;
  readonly width: number;
}

/** RoIAlign: adds to each bin of `out` its weighted sum of `features`. */
export function alignFeatures(features: Float32Array, attributes: Attributes, out: Float32Array): void {
  const { boxes, images, height, width, featuresShape } = attributes;
  const [, mapHeight, mapWidth, channels] = featuresShape;
  const ys = createAlignAxis(boxes, 1, height, mapHeight, attributes);
  const xs = createAlignAxis(boxes, 0, width, mapWidth, attributes);
  const terms = createTerms((ys.index.length / height) * (xs.index.length / width));
  for (let r = 0; r < images.length; r++) {
    sampleAlignAxis(ys, boxes[4 * r + 1], boxes[4 * r + 3], mapHeight, attributes);
    sampleAlignAxis(xs, boxes[4 * r], boxes[4 * r + 2], mapWidth, attributes);
    const map = { numbers: features, base: images[r] * mapHeight * mapWidth, width: mapWidth };
    addSums(map, { numbers: out, base: r * height * width, width }, ys, xs, channels, terms);
  }
}

/**
 * The gradient of RoIAlign, its transpose: adds to each pixel of `dfeatures` its weighted sum of the bins that read it.
 * Going by pixels and not by bins writes each pixel once a box.
 */
export function alignGradient(dy: Float32Array, attributes: Attributes, dfeatures: Float32Array): void {
  const { boxes, images, height, width, featuresShape } = attributes;
  const [, mapHeight, mapWidth, channels] = featuresShape;
  const ys = createAlignAxis(boxes, 1, height, mapHeight, attributes);
  const xs = createAlignAxis(boxes, 0, width, mapWidth, attributes);
  const ysOfPixels = emptyTranspose(ys, mapHeight);
  const xsOfPixels = emptyTranspose(xs, mapWidth);
  const terms = createTerms(height * width);
  for (let r = 0; r < images.length; r++) {
    sampleAlignAxis(ys, boxes[4 * r + 1], boxes[4 * r + 3], mapHeight, attributes);
    sampleAlignAxis(xs, boxes[4 * r], boxes[4 * r + 2], mapWidth, attributes);
    transposeAlignAxis(ys, ysOfPixels);
    transposeAlignAxis(xs, xsOfPixels);
    const map = { numbers: dfeatures, base: images[r] * mapHeight * mapWidth, width: mapWidth };
    addSums({ numbers: dy, base: r * height * width, width }, map, ysOfPixels, xsOfPixels, channels, terms);
  }
}

/** Adds to each pixel of `target` its sum of pixels of `source`, weighted by the product of the axes' weights. */
function addSums(source: Plane, target: Plane, ys: AlignAxis, xs: AlignAxis, channels: number, terms: WeightedPixels): void {
  const { begin, weight } = terms;
  for (let y = 0; y + 1 < ys.first.length; y++) {
    if (ys.first[y] === ys.first[y + 1]) {
      continue;
    }
    for (let x = 0; x + 1 < xs.first.length; x++) {
      let count = 0;
      for (let i = ys.first[y]; i < ys.first[y + 1]; i++) {
        const row = source.base + ys.index[i] * source.width;
        for (let j = xs.first[x]; j < xs.first[x + 1]; j++) {
          begin[count] = (row + xs.index[j]) * channels;
          weight[count] = ys.weight[i] * xs.weight[j];
          count++;
        }
      }
      addWeightedSum(source.numbers, terms, count, target.numbers, (target.base + y * target.width + x) * channels, channels);
    }
  }
}

function createTerms(room: number): WeightedPixels {
  return { begin: new Int32Array(room), weight: new Float64Array(room) };
}

function emptyTranspose({ index, weight }: AlignAxis, extent: number): AlignAxis {
  return { first: new Int32Array(extent + 1), index: new Int32Array(index.length), weight: new Float64Array(weight.length) };
}
