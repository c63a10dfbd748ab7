import type { Boxes, Keypoints } from '@rcnn/geometry';
import { bicubicAxis } from './bicubic-axis.ts';
import { bicubicPeak } from './bicubic-peak.ts';

/** The keypoints of regions, and how sure the head is of each. */
export interface FoundKeypoints {
  /** Visibility 1 throughout, for the head does not say whether one is hidden: [R, K, 3]. */
  readonly keypoints: Keypoints;
  /** The interpolated logit where each was found: [R, K]. Not a probability, and of any sign. */
  readonly scores: Float32Array;
}

/**
 * Where the keypoints of regions are (He et al. 2017, §5), as in torchvision: each heat map is resized to its box, of whole pixels, by
 * bicubic interpolation, and the keypoint lies at the centre of the highest one, the first of several.
 * @param heatmaps logits [R, m, m, K]
 * @param boxes the regions, in whose pixels the keypoints are
 * @param count K
 * @throws RangeError if the heat maps are not R · K squares of a number at least
 */
export function heatmapsToKeypoints(heatmaps: Float32Array, boxes: Boxes, count: number): FoundKeypoints {
  const regions = boxes.length / 4;
  const side = regions === 0 ? 0 : Math.sqrt(heatmaps.length / regions / count);
  if (regions === 0 ? heatmaps.length > 0 : !(Number.isInteger(side) && side > 0)) {
    throw new RangeError(`heatmapsToKeypoints: expected square heat maps of ${count} keypoints of ${regions} regions, got ${heatmaps.length} numbers`);
  }
  const keypoints = new Float32Array(3 * regions * count) as Keypoints;
  const scores = new Float32Array(regions * count);
  const map = new Float32Array(side * side);
  for (let region = 0; region < regions; region++) {
    const [x1, y1, x2, y2] = boxes.subarray(4 * region, 4 * region + 4);
    const [width, height] = [Math.max(Math.fround(x2 - x1), 1), Math.max(Math.fround(y2 - y1), 1)];
    const [columns, rows] = [bicubicAxis(side, Math.ceil(width)), bicubicAxis(side, Math.ceil(height))];
    for (let k = 0; k < count; k++) {
      const first = region * side * side * count + k;
      for (let i = 0; i < map.length; i++) map[i] = heatmaps[first + i * count];
      const { x, y, value } = bicubicPeak(map, side, columns, rows);
      const at = region * count + k;
      keypoints[3 * at] = Math.fround((x + 0.5) * Math.fround(width / columns.length)) + x1;
      keypoints[3 * at + 1] = Math.fround((y + 0.5) * Math.fround(height / rows.length)) + y1;
      keypoints[3 * at + 2] = 1;
      scores[at] = value;
    }
  }
  return { keypoints, scores };
}
