import type { RegionHistograms } from './region-histograms.ts';
import type { RegionShapes } from './region-shapes.ts';

/** How much each measure counts; what is left out counts nothing. `{ colour: 1, fill: 1 }` is their mean. */
export interface SimilarityWeights {
  readonly colour?: number;
  readonly texture?: number;
  readonly size?: number;
  readonly fill?: number;
}

/** What the measures are of: of every region, and room for those that merging makes. */
export interface RegionFeatures extends RegionShapes {
  readonly colour: RegionHistograms | undefined;
  readonly texture: RegionHistograms | undefined;
  /** Pixels in the image. */
  readonly imageSize: number;
}

/**
 * The similarity of regions a and b (Uijlings et al. 2013, section 3.2), a weighted mean of
 * - colour: Σ min(cₐ, c_b) over the bins of the colour histograms
 * - texture: Σ min(tₐ, t_b) over those of the texture histograms
 * - size: 1 − (size(a) + size(b)) / size(image), small regions first
 * - fill: 1 − (size(box around both) − size(a) − size(b)) / size(image), regions that fit each other first
 */
export function similarityOf({ sizes, boxes, colour, texture, imageSize }: RegionFeatures, weights: SimilarityWeights): (a: number, b: number) => number {
  const { colour: wc = 0, texture: wt = 0, size: ws = 0, fill: wf = 0 } = weights;
  const total = wc + wt + ws + wf;
  return (a, b) => {
    const size = sizes[a] + sizes[b];
    let sum = ws * (1 - size / imageSize);
    if (wf !== 0) {
      const width = Math.max(boxes[4 * a + 2], boxes[4 * b + 2]) - Math.min(boxes[4 * a], boxes[4 * b]);
      const height = Math.max(boxes[4 * a + 3], boxes[4 * b + 3]) - Math.min(boxes[4 * a + 1], boxes[4 * b + 1]);
      sum += wf * (1 - (width * height - size) / imageSize);
    }
    if (wc !== 0 && colour !== undefined) sum += wc * intersection(colour, a, b);
    if (wt !== 0 && texture !== undefined) sum += wt * intersection(texture, a, b);
    return sum / total;
  };
}

/** Σ min(p, q) of two histograms that each sum to 1 is 1 − ½ Σ |p − q|: no branch at each bin. */
function intersection({ bins, values }: RegionHistograms, a: number, b: number): number {
  let [even, odd] = [0, 0];
  const end = (a + 1) * bins;
  let i = a * bins;
  let j = b * bins;
  for (; i + 1 < end; i += 2, j += 2) {
    even += Math.abs(values[i] - values[j]);
    odd += Math.abs(values[i + 1] - values[j + 1]);
  }
  if (i < end) even += Math.abs(values[i] - values[j]);
  return 1 - (even + odd) / 2;
}
