import { convertChannels, type ColourSpace } from '../colour/colour-space.ts';
import { colourHistograms } from '../grouping/colour-histograms.ts';
import { groupRegions } from '../grouping/group-regions.ts';
import type { Hierarchy } from '../grouping/hierarchy.ts';
import { regionNeighbours } from '../grouping/region-neighbours.ts';
import { regionShapes } from '../grouping/region-shapes.ts';
import type { SimilarityWeights } from '../grouping/similarity.ts';
import { textureHistograms } from '../grouping/texture-histograms.ts';
import { segmentGraph, type Segmentation } from '../segmentation/segment-graph.ts';
import { sortedEdges } from '../segmentation/sorted-edges.ts';
import { splitChannels, type SourceImage } from '../source-image.ts';
import { gaussianOrientations } from '../texture/gaussian-orientations.ts';
import { scharrOrientations } from '../texture/orientation-codes.ts';
import type { Strategy } from './presets.ts';

/** One grouping of a selective search, and what it came from. */
export interface Grouping {
  readonly colourSpace: ColourSpace;
  readonly k: number;
  readonly similarity: SimilarityWeights;
  /** The leaves of the hierarchy are its regions. */
  readonly segmentation: Segmentation;
  readonly hierarchy: Hierarchy;
}

/**
 * The groupings of a selective search, one after another: for each colour space, k and similarity, in this order. Colours,
 * texture and sorted edges are made once a colour space; segmentation and histograms once a k.
 * @throws RangeError if the image's `data` does not fit its size, or the strategy makes no sense
 */
export function* hierarchies(image: SourceImage, strategy: Strategy): Generator<Grouping> {
  const { colourSpaces, ks, similarities, sigma, minSize, connectivity, adjacency, texture, graySpreads } = strategy;
  const rgb = splitChannels(image);
  const needs = (measure: keyof SimilarityWeights): boolean => similarities.some((weights) => Boolean(weights[measure]));
  const orientations = texture === 'scharr' ? scharrOrientations : gaussianOrientations;
  for (const colourSpace of colourSpaces) {
    const stack = convertChannels(rgb, colourSpace);
    const edges = sortedEdges(stack, { sigma, connectivity });
    const codes = needs('texture') ? orientations(stack) : undefined;
    // Three channels alike lengthen each edge by √3, which is as good as a k shorter by as much.
    const spread = graySpreads && stack.planes.length === 1 ? Math.sqrt(3) : 1;
    for (const k of ks) {
      const segmentation = segmentGraph(edges, { k: k / spread, minSize: minSize === 'k' ? k : minSize });
      const shapes = regionShapes(segmentation);
      const graph = {
        ...shapes,
        pairs: regionNeighbours(segmentation, adjacency),
        imageSize: image.width * image.height,
        colour: needs('colour') ? colourHistograms(stack, segmentation, shapes.sizes) : undefined,
        texture: codes && textureHistograms(codes, segmentation, shapes.sizes),
      };
      for (const similarity of similarities) {
        yield { colourSpace, k, similarity, segmentation, hierarchy: groupRegions(graph, similarity) };
      }
    }
  }
}
