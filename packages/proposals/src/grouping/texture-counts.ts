import { createScratch, type Scratch } from '../scratch.ts';
import type { Segmentation } from '../segmentation/segmentation.ts';
import { axisCodes, textureAxes, textureBins, type OrientationCodes } from '../texture/orientation-codes.ts';
import type { RegionCounts } from './region-histograms.ts';

/** Texture of each region: how many of its pixels are in each of ten bins of eight orientations a channel (section 3.2). */
export function textureCounts({ codes, zeroBins }: OrientationCodes, { labels, count }: Segmentation, scratch: Scratch = createScratch()): RegionCounts {
  const perChannel = textureAxes * axisCodes;
  const bins = codes.length * perChannel;
  const counts = scratch.take(Int32Array, count * bins).fill(0);
  codes.forEach((words, channel) => {
    for (let i = 0; i < labels.length; i++) {
      const start = labels[i] * bins + perChannel * channel;
      const word = words[i];
      counts[start + (word & 255)]++;
      counts[start + ((word >>> 8) & 255)]++;
      counts[start + ((word >>> 16) & 255)]++;
      counts[start + (word >>> 24)]++;
    }
  });
  addZeros(counts, zeroBins);
  return { bins, counts };
}

/** What is above 0 on an axis counts as 0 in the negative orientation, and the other way round. */
function addZeros(counts: Int32Array, zeroBins: Uint8Array): void {
  const axes = zeroBins.length / 2;
  for (let at = 0, axis = 0; at < counts.length; at += axisCodes, axis = (axis + 1) % axes) {
    let negative = 0;
    let positive = 0;
    for (let bin = 0; bin < textureBins; bin++) {
      negative += counts[at + bin];
      positive += counts[at + textureBins + bin];
    }
    counts[at + zeroBins[2 * axis]] += positive;
    counts[at + textureBins + zeroBins[2 * axis + 1]] += negative;
  }
}
