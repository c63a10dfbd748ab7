export { type ByteStack, type ChannelStack, type Plane } from './channel-stack.ts';
export { createScratch, type Scratch, type TypedArrayType } from './scratch.ts';
export { type SourceImage } from './source-image.ts';
export { colourSpaces, toColourSpace, type ColourSpace } from './colour/colour-space.ts';

export { felzenszwalb } from './segmentation/felzenszwalb.ts';
export { segmentGraph } from './segmentation/segment-graph.ts';
export { type SegmentOptions } from './segmentation/segment-components.ts';
export { type Segmentation } from './segmentation/segmentation.ts';
export { sortedEdges, type Connectivity, type EdgeOptions, type SortedEdges } from './segmentation/sorted-edges.ts';

export { colourCounts } from './grouping/colour-counts.ts';
export { groupRegions, type RegionGraph } from './grouping/group-regions.ts';
export { type Hierarchy } from './grouping/hierarchy.ts';
export { normalizeCounts, type RegionCounts, type RegionHistograms } from './grouping/region-histograms.ts';
export { regionNeighbours, type Adjacency } from './grouping/region-neighbours.ts';
export { regionShapes, type RegionShapes } from './grouping/region-shapes.ts';
export { type SimilarityWeights } from './grouping/similarity.ts';
export { textureCounts } from './grouping/texture-counts.ts';
export { gaussianOrientations } from './texture/gaussian-orientations.ts';
export { type OrientationCodes } from './texture/orientation-codes.ts';
export { scharrOrientations } from './texture/scharr-orientations.ts';

export { type Proposals } from './proposals.ts';
export { hierarchies, type Grouping } from './search/hierarchies.ts';
export { flavours, modes, strategies, type Flavour, type Mode, type Strategy } from './search/presets.ts';
export { rankings, type Ranking } from './search/ranking.ts';
export { resolveStrategy, type StrategyOptions } from './search/resolve-strategy.ts';
export { selectiveSearch, type SelectiveSearchOptions } from './search/selective-search.ts';

export { randomBoxes, type RandomBoxesOptions } from './baselines/random-boxes.ts';
export { slidingWindows, type SlidingWindowsOptions } from './baselines/sliding-windows.ts';
export { parseProposals, toProposalRecord, type ImageProposals, type ProposalRecord } from './files/proposal-record.ts';
