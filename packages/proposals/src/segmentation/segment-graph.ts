import { createScratch, type Scratch } from '../scratch.ts';
import { contractGraph } from './contract-graph.ts';
import { segmentComponents, type SegmentOptions } from './segment-components.ts';
import { paintComponents, type Segmentation } from './segmentation.ts';
import type { SortedEdges } from './sorted-edges.ts';

/**
 * The segmentations of one graph under several options, in their order: what all k have in common is done once.
 *
 * The decisions are those of OpenCV's `createGraphSegmentation`, its thresholds in float32; where weights are equal, here the
 * edge that comes first in the image goes first, in OpenCV whichever its unstable sort leaves first.
 * @throws RangeError if a k or minSize is negative
 */
export function segmentGraph(graph: SortedEdges, options: readonly SegmentOptions[], scratch: Scratch = createScratch()): Segmentation[] {
  if (options.length === 0) return [];
  const contracted = contractGraph(graph, Math.max(0, Math.min(...options.map(({ k = 300 }) => k))), scratch);
  return options.map((each) => {
    const { regionOf, count } = segmentComponents(contracted, each, scratch);
    return { width: graph.width, height: graph.height, labels: paintComponents(contracted.components, regionOf), count };
  });
}
