import type { ByteStack } from '../channel-stack.ts';
import type { Segmentation } from '../segmentation/segment-graph.ts';
import { normalizeHistograms, type RegionHistograms } from './region-histograms.ts';

const binsPerChannel = 25;

/** Colour of each region: 25 bins a channel over 0 … 255, all channels in one histogram that sums to 1 (section 3.2). */
export function colourHistograms({ planes }: ByteStack, { labels, count }: Segmentation, sizes: Int32Array): RegionHistograms {
  const bins = binsPerChannel * planes.length;
  const counts = new Int32Array(count * bins);
  planes.forEach((plane, channel) => {
    const binOf = Uint32Array.from({ length: 256 }, (_, value) => binsPerChannel * channel + Math.floor((value * binsPerChannel) / 256));
    for (let i = 0; i < labels.length; i++) {
      counts[labels[i] * bins + binOf[plane[i]]]++;
    }
  });
  return normalizeHistograms(counts, bins, (region) => sizes[region] * planes.length);
}
