import type { ChannelStack } from '../channel-stack.ts';
import { segmentGraph, type Segmentation, type SegmentOptions } from './segment-graph.ts';
import { sortedEdges, type EdgeOptions } from './sorted-edges.ts';

/**
 * Efficient graph-based segmentation (Felzenszwalb and Huttenlocher 2004) of any number of channels: blur, graph of pixels,
 * greedy merging, small regions merged away. For several k on one image take {@link sortedEdges} once and
 * {@link segmentGraph} for each.
 * @throws RangeError as those two
 */
export function felzenszwalb(stack: ChannelStack, options: EdgeOptions & SegmentOptions = {}): Segmentation {
  return segmentGraph(sortedEdges(stack, options), options);
}
