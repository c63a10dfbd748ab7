import type { ByteStack } from '../channel-stack.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import type { Segmentation } from '../segmentation/segmentation.ts';
import type { RegionCounts } from './region-histograms.ts';

const binsPerChannel = 25;

/** Colours of each region: how many of its pixels are in each of 25 bins a channel over 0 … 255 (section 3.2). */
export function colourCounts({ planes }: ByteStack, { labels, count }: Segmentation, scratch: Scratch = createScratch()): RegionCounts {
  const bins = binsPerChannel * planes.length;
  const counts = scratch.take(Int32Array, count * bins).fill(0);
  planes.forEach((plane, channel) => {
    const binOf = Uint32Array.from({ length: 256 }, (_, value) => binsPerChannel * channel + Math.floor((value * binsPerChannel) / 256));
    for (let i = 0; i < labels.length; i++) {
      counts[labels[i] * bins + binOf[plane[i]]]++;
    }
  });
  return { bins, counts };
}
