import { checkDetections, checkGroundTruth } from '../check-inputs.ts';
import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { boxOverlaps } from './image-overlaps.ts';

/** How {@link confusionMatrix} measures. */
export interface ConfusionOptions {
  /** Detections that score less are left out. */
  readonly minScore?: number;
  /** The IoU from which a detection belongs to an object. */
  readonly iouThreshold?: number;
}

/**
 * What objects are taken for: entry `[i, j]` counts the objects of class i that were detected as class j. Column 0 counts
 * objects nobody detected, row 0 detections of no object. Objects and detections are paired whatever their classes, the
 * highest IoU first, each once. Crowds and difficult objects are left out, and so are detections inside them.
 * @param classCount K
 * @returns row-major [K + 1, K + 1]
 * @throws RangeError if an input is malformed, an image is not in the ground truth or a label is above `classCount`
 */
export function confusionMatrix(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  classCount: number,
  { minScore = 0.5, iouThreshold = 0.5 }: ConfusionOptions = {},
): Int32Array {
  checkDetections('confusionMatrix', detections, checkGroundTruth('confusionMatrix', groundTruth));
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  const matrix = new Int32Array((classCount + 1) ** 2);
  const count = (wanted: number, found: number): void => {
    if (Math.max(wanted, found) > classCount) {
      throw new RangeError(`confusionMatrix: expected labels up to ${classCount}, got ${Math.max(wanted, found)}`);
    }
    matrix[wanted * (classCount + 1) + found]++;
  };
  for (const truth of groundTruth) {
    const found = foundIn.get(truth.image) ?? { image: truth.image, boxes: [], labels: [], scores: [] };
    const places = Array.from({ length: truth.labels.length }, (_, g) => g);
    const ignorable = (g: number): boolean => Boolean(truth.crowd?.[g]) || Boolean(truth.difficult?.[g]);
    const [objects, regions] = [places.filter((g) => !ignorable(g)), places.filter(ignorable)];
    const certain = Array.from({ length: found.labels.length }, (_, d) => d).filter((d) => found.scores[d] >= minScore);
    const iou = boxOverlaps(truth, objects, found, certain);
    const inside = boxOverlaps(truth, regions, found, certain);
    const pairs = Array.from(iou.keys())
      .filter((at) => iou[at] >= iouThreshold && iou[at] > 0)
      .sort((a, b) => iou[b] - iou[a] || a - b);
    const [wantedLeft, foundLeft] = [new Set(objects.keys()), new Set(certain.keys())];
    for (const at of pairs) {
      const [i, j] = [Math.floor(at / objects.length), at % objects.length];
      if (!wantedLeft.has(j) || !foundLeft.has(i)) continue;
      wantedLeft.delete(j);
      foundLeft.delete(i);
      count(truth.labels[objects[j]], found.labels[certain[i]]);
    }
    for (const j of wantedLeft) count(truth.labels[objects[j]], 0);
    for (const i of foundLeft) {
      if (!regions.some((_, r) => inside[i * regions.length + r] >= iouThreshold)) count(0, found.labels[certain[i]]);
    }
  }
  return matrix;
}
