import type { ByteStack } from '../channel-stack.ts';
import { convertChannels, type ColourSpace } from '../colour/colour-space.ts';
import { colourCounts } from '../grouping/colour-counts.ts';
import { groupRegions, type RegionGraph } from '../grouping/group-regions.ts';
import type { Hierarchy } from '../grouping/hierarchy.ts';
import { normalizeCounts, sumCounts, type RegionCounts, type RegionHistograms } from '../grouping/region-histograms.ts';
import { regionNeighbours, unitePairs } from '../grouping/region-neighbours.ts';
import { regionShapes, uniteShapes } from '../grouping/region-shapes.ts';
import type { SimilarityWeights } from '../grouping/similarity.ts';
import { textureCounts } from '../grouping/texture-counts.ts';
import { commonCells } from '../segmentation/common-cells.ts';
import { contractGraph } from '../segmentation/contract-graph.ts';
import { segmentComponents } from '../segmentation/segment-components.ts';
import { paintComponents, type Segmentation } from '../segmentation/segmentation.ts';
import { sortedEdges } from '../segmentation/sorted-edges.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import { splitChannels, type SourceImage } from '../source-image.ts';
import { gaussianOrientations } from '../texture/gaussian-orientations.ts';
import { textureAxes } from '../texture/orientation-codes.ts';
import { scharrOrientations } from '../texture/scharr-orientations.ts';
import type { Strategy } from './presets.ts';

/** One grouping of a selective search, and what it came from. */
export interface Grouping {
  readonly colourSpace: ColourSpace;
  readonly k: number;
  readonly similarity: SimilarityWeights;
  readonly hierarchy: Hierarchy;
  /** Makes the segmentation whose regions are the leaves of the hierarchy. */
  readonly segmentation: () => Segmentation;
}

/**
 * The groupings of a selective search, one after another: for each colour space, k and similarity, in this order. Colours,
 * texture, sorted edges, and what all k have in common are made once a colour space; pixels are counted once a colour space
 * too, in the common cells of the segmentations. All is computed in `scratch`; what is yielded lies elsewhere and stays.
 * @throws RangeError if the image's `data` does not fit its size, or the strategy makes no sense
 */
export function* hierarchies(image: SourceImage, strategy: Strategy, scratch: Scratch = createScratch()): Generator<Grouping> {
  const rgb = splitChannels(image);
  for (const colourSpace of strategy.colourSpaces) {
    for (const { k, graph, segmentation } of segmentations(convertChannels(rgb, colourSpace), strategy, scratch)) {
      for (const similarity of strategy.similarities) {
        yield { colourSpace, k, similarity, hierarchy: groupRegions(graph, similarity, scratch), segmentation };
      }
    }
  }
}

interface SegmentedGraph {
  readonly k: number;
  readonly graph: RegionGraph;
  readonly segmentation: () => Segmentation;
}

function* segmentations(stack: ByteStack, strategy: Strategy, scratch: Scratch): Generator<SegmentedGraph> {
  const { ks, similarities, sigma, minSize, connectivity, adjacency, texture, graySpreads } = strategy;
  const { width, height, planes } = stack;
  // Three channels alike lengthen each edge by √3, which is as good as a k shorter by as much.
  const spread = graySpreads && planes.length === 1 ? Math.sqrt(3) : 1;
  const edges = sortedEdges(stack, { sigma, connectivity }, scratch);
  const contracted = contractGraph(edges, Math.min(...ks) / spread, scratch);
  scratch.free(edges.edges);
  const regions = ks.map((k) => segmentComponents(contracted, { k: k / spread, minSize: minSize === 'k' ? k : minSize }, scratch));
  scratch.free(contracted.from, contracted.to, contracted.weights);
  const { cellOf, count, regionsOf } = commonCells(regions);
  const cells = { width, height, labels: paintComponents(contracted.components, cellOf, scratch.take(Int32Array, width * height)), count };

  const needs = (measure: keyof SimilarityWeights): boolean => similarities.some((weights) => Boolean(weights[measure]));
  const orientations = texture === 'scharr' ? scharrOrientations : gaussianOrientations;
  const shapes = regionShapes(cells);
  const pairs = regionNeighbours(cells, adjacency);
  const colours = needs('colour') ? colourCounts(stack, cells, scratch) : undefined;
  const codes = needs('texture') ? orientations(stack, scratch) : undefined;
  const textures = codes && textureCounts(codes, cells, scratch);
  scratch.free(cells.labels, ...(codes?.codes ?? []));
  for (const [i, k] of ks.entries()) {
    const [regionOf, regionCount] = [regionsOf[i], regions[i].count];
    const united = uniteShapes(shapes, regionOf, regionCount);
    const histograms = (counts: RegionCounts, perPixel: number): RegionHistograms => {
      const sums = sumCounts(counts, regionOf, regionCount, scratch);
      const normalized = normalizeCounts(sums, united.sizes, perPixel, scratch);
      scratch.free(sums.counts);
      return normalized;
    };
    const graph = {
      ...united,
      pairs: unitePairs(pairs, regionOf, regionCount),
      imageSize: width * height,
      colour: colours && histograms(colours, planes.length),
      texture: textures && histograms(textures, 2 * textureAxes * planes.length),
    };
    const segmentation = (): Segmentation => ({
      ...{ width, height },
      labels: paintComponents(contracted.components, regions[i].regionOf),
      count: regionCount,
    });
    yield { k, graph, segmentation };
    scratch.free(...[graph.colour, graph.texture].flatMap((each) => each?.values ?? []));
  }
  scratch.free(...[colours, textures].flatMap((each) => each?.counts ?? []));
}
