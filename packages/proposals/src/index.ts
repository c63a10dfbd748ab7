export { type ByteStack, type ChannelStack, type Plane } from './channel-stack.ts';
export { type SourceImage } from './source-image.ts';
export { colourSpaces, toColourSpace, type ColourSpace } from './colour/colour-space.ts';

export { felzenszwalb } from './segmentation/felzenszwalb.ts';
export { segmentGraph } from './segmentation/segment-graph.ts';
export { type SegmentOptions } from './segmentation/segment-components.ts';
export { type Segmentation } from './segmentation/segmentation.ts';
export { sortedEdges, type Connectivity, type EdgeOptions, type SortedEdges } from './segmentation/sorted-edges.ts';
