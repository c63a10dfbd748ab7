import type { Boxes, Size } from '@rcnn/geometry';
import { postprocess, type Detections, type PostprocessOptions } from '@rcnn/heads';

/** What the box head said of the regions of a batch: probabilities [R, K + 1] and deltas [R, 4 (K + 1)], image after image. */
export interface RegionScores {
  readonly probabilities: Float32Array;
  readonly deltas: Float32Array;
}

/** The detections of each image of a batch from what was said of its regions; `sizes` are the images'. */
export function batchDetections({ probabilities, deltas }: RegionScores, regions: readonly Boxes[], sizes: readonly Size[], options: PostprocessOptions): Detections[] {
  const count = regions.reduce((sum, boxes) => sum + boxes.length / 4, 0);
  const classes = count === 0 ? 0 : probabilities.length / count;
  let first = 0;
  return regions.map((boxes, i) => {
    const [from, to] = [first * classes, (first += boxes.length / 4) * classes];
    return postprocess(probabilities.subarray(from, to), deltas.subarray(4 * from, 4 * to), boxes, sizes[i], options);
  });
}
