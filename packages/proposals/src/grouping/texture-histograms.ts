import type { Segmentation } from '../segmentation/segment-graph.ts';
import { axisCodes, textureBins, type OrientationCodes } from '../texture/orientation-codes.ts';
import { normalizeHistograms, type RegionHistograms } from './region-histograms.ts';

/** Texture of each region: ten bins of each of eight orientations a channel, in one histogram that sums to 1 (section 3.2). */
export function textureHistograms({ columns, codes, zeroBins }: OrientationCodes, { labels, count }: Segmentation, sizes: Int32Array): RegionHistograms {
  const bins = columns * axisCodes;
  const counts = new Int32Array(count * bins);
  for (let i = 0, at = 0; i < labels.length; i++) {
    const start = labels[i] * bins;
    for (let code = start; code < start + bins; code += axisCodes, at++) {
      counts[code + codes[at]]++;
    }
  }
  addZeros(counts, zeroBins, columns);
  return normalizeHistograms(counts, bins, (region) => sizes[region] * columns * 2);
}

/** A pixel positive on an axis counts as 0 in the negative orientation, and the other way round. */
function addZeros(counts: Int32Array, zeroBins: Uint8Array, columns: number): void {
  for (let at = 0, column = 0; at < counts.length; at += axisCodes, column = (column + 1) % columns) {
    let [positive, negative] = [0, 0];
    for (let bin = 0; bin < textureBins; bin++) {
      positive += counts[at + bin];
      negative += counts[at + textureBins + bin];
    }
    counts[at + zeroBins[2 * column]] += negative;
    counts[at + textureBins + zeroBins[2 * column + 1]] += positive;
  }
}
