import type { RgbImage } from '@rcnn/geometry';
import { hierarchies, resolveStrategy, type ColourSpace, type SimilarityWeights } from '@rcnn/proposals';
import type { Task } from '../task.ts';

/** What {@link segment} is told. */
export interface SegmentInput {
  readonly image: RgbImage;
  readonly colourSpace: ColourSpace;
  readonly k: number;
  readonly similarity: SimilarityWeights;
}

/** A segmentation and the hierarchy grouped from it; nodes as in `Hierarchy` of `@rcnn/proposals`. */
export interface SegmentOutput {
  readonly width: number;
  readonly height: number;
  /** The leaf that each pixel belongs to. */
  readonly labels: Int32Array;
  readonly leaves: number;
  readonly count: number;
  readonly parents: Int32Array;
  readonly sizes: Int32Array;
  readonly boxes: Int32Array;
  /** The mean colour of each node, 3 bytes. */
  readonly colours: Uint8Array;
  readonly milliseconds: number;
}

/** One grouping of selective search: graph-based segmentation, then the two most similar neighbours merged until one region is left. */
export const segment: Task<SegmentInput, SegmentOutput> = ({ image, colourSpace, k, similarity }) => {
  const began = performance.now();
  const strategy = resolveStrategy({ mode: 'single', colourSpaces: [colourSpace], ks: [k], similarities: [similarity] });
  const [{ hierarchy, segmentation }] = hierarchies(image, strategy);
  const { labels } = segmentation();
  const milliseconds = performance.now() - began;
  const { leaves, count, parents, sizes, boxes } = hierarchy;
  return { width: image.width, height: image.height, labels, leaves, count, parents, sizes, boxes, colours: meanColours(image, labels, parents, sizes), milliseconds };
};

/** Sums over the leaves' pixels, handed upwards: a parent's number is greater than its children's. */
function meanColours({ data }: RgbImage, labels: Int32Array, parents: Int32Array, sizes: Int32Array): Uint8Array {
  const sums = new Float64Array(3 * parents.length);
  labels.forEach((label, i) => {
    for (let channel = 0; channel < 3; channel++) sums[3 * label + channel] += data[3 * i + channel];
  });
  parents.forEach((parent, node) => {
    for (let channel = 0; parent >= 0 && channel < 3; channel++) sums[3 * parent + channel] += sums[3 * node + channel];
  });
  return Uint8Array.from(sums, (sum, i) => Math.round(sum / sizes[Math.floor(i / 3)]));
}
