import type { ByteStack } from '../channel-stack.ts';
import { convertChannels, type ColourSpace } from '../colour/colour-space.ts';
import { colourCounts } from '../grouping/colour-counts.ts';
import { groupRegions, type RegionGraph } from '../grouping/group-regions.ts';
import type { Hierarchy } from '../grouping/hierarchy.ts';
import { normalizeCounts, sumCounts } from '../grouping/region-histograms.ts';
import { regionNeighbours, unitePairs } from '../grouping/region-neighbours.ts';
import { regionShapes, uniteShapes } from '../grouping/region-shapes.ts';
import type { SimilarityWeights } from '../grouping/similarity.ts';
import { textureCounts } from '../grouping/texture-counts.ts';
import { commonCells } from '../segmentation/common-cells.ts';
import { contractGraph } from '../segmentation/contract-graph.ts';
import { segmentComponents } from '../segmentation/segment-components.ts';
import { paintComponents, type Segmentation } from '../segmentation/segmentation.ts';
import { sortedEdges } from '../segmentation/sorted-edges.ts';
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
 * too, in the common cells of the segmentations.
 * @throws RangeError if the image's `data` does not fit its size, or the strategy makes no sense
 */
export function* hierarchies(image: SourceImage, strategy: Strategy): Generator<Grouping> {
  const rgb = splitChannels(image);
  for (const colourSpace of strategy.colourSpaces) {
    for (const { k, graph, segmentation } of segmentations(convertChannels(rgb, colourSpace), strategy)) {
      for (const similarity of strategy.similarities) {
        yield { colourSpace, k, similarity, hierarchy: groupRegions(graph, similarity), segmentation };
      }
    }
  }
}

interface SegmentedGraph {
  readonly k: number;
  readonly graph: RegionGraph;
  readonly segmentation: () => Segmentation;
}

function* segmentations(stack: ByteStack, strategy: Strategy): Generator<SegmentedGraph> {
  const { ks, similarities, sigma, minSize, connectivity, adjacency, texture, graySpreads } = strategy;
  const { width, height, planes } = stack;
  // Three channels alike lengthen each edge by √3, which is as good as a k shorter by as much.
  const spread = graySpreads && planes.length === 1 ? Math.sqrt(3) : 1;
  const contracted = contractGraph(sortedEdges(stack, { sigma, connectivity }), Math.min(...ks) / spread);
  const regions = ks.map((k) => segmentComponents(contracted, { k: k / spread, minSize: minSize === 'k' ? k : minSize }));
  const { cellOf, count, regionsOf } = commonCells(regions);
  const cells = { width, height, labels: paintComponents(contracted.components, cellOf), count };

  const needs = (measure: keyof SimilarityWeights): boolean => similarities.some((weights) => Boolean(weights[measure]));
  const orientations = texture === 'scharr' ? scharrOrientations : gaussianOrientations;
  const shapes = regionShapes(cells);
  const pairs = regionNeighbours(cells, adjacency);
  const colours = needs('colour') ? colourCounts(stack, cells) : undefined;
  const textures = needs('texture') ? textureCounts(orientations(stack), cells) : undefined;
  for (const [i, k] of ks.entries()) {
    const [regionOf, regionCount] = [regionsOf[i], regions[i].count];
    const united = uniteShapes(shapes, regionOf, regionCount);
    const graph = {
      ...united,
      pairs: unitePairs(pairs, regionOf, regionCount),
      imageSize: width * height,
      colour: colours && normalizeCounts(sumCounts(colours, regionOf, regionCount), united.sizes, planes.length),
      texture: textures && normalizeCounts(sumCounts(textures, regionOf, regionCount), united.sizes, 2 * textureAxes * planes.length),
    };
    const segmentation = (): Segmentation => ({
      ...{ width, height },
      labels: paintComponents(contracted.components, regions[i].regionOf),
      count: regionCount,
    });
    yield { k, graph, segmentation };
  }
}
