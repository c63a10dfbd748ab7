import type { ChannelStack } from '../channel-stack.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import type { SegmentOptions } from './segment-components.ts';
import { segmentGraph } from './segment-graph.ts';
import type { Segmentation } from './segmentation.ts';
import { sortedEdges, type EdgeOptions } from './sorted-edges.ts';

/**
 * Efficient graph-based segmentation (Felzenszwalb and Huttenlocher 2004) of any number of channels: blur, graph of pixels,
 * greedy merging, small regions merged away. For several k on one image take {@link sortedEdges} and {@link segmentGraph}.
 * @throws RangeError as those two
 */
export function felzenszwalb(stack: ChannelStack, { k = 300, minSize = 100, ...edges }: EdgeOptions & SegmentOptions = {}, scratch: Scratch = createScratch()): Segmentation {
  return segmentGraph(sortedEdges(stack, edges, scratch), [{ k, minSize }], scratch)[0];
}
