import type { ClassProblem } from './class-problem.ts';

/**
 * IoU of detection `d` with the first `count` ground-truth boxes of `order`, into `iou`. With a crowd it is the part of
 * the detection inside, `intersection / area of the detection` (COCO API, `bbIou`); boxes that do not meet have 0.
 */
export function crowdBoxIou(
  { groundTruth, detections }: ClassProblem,
  d: number,
  order: Int32Array,
  count: number,
  iou: Float64Array,
): void {
  const { boxes, boxArea, crowd } = groundTruth;
  const x1 = detections.boxes[4 * d];
  const y1 = detections.boxes[4 * d + 1];
  const x2 = detections.boxes[4 * d + 2];
  const y2 = detections.boxes[4 * d + 3];
  const area = detections.boxArea[d];
  for (let i = 0; i < count; i++) {
    const g = order[i];
    const width = Math.min(x2, boxes[4 * g + 2]) - Math.max(x1, boxes[4 * g]);
    const height = Math.min(y2, boxes[4 * g + 3]) - Math.max(y1, boxes[4 * g + 1]);
    const intersection = width > 0 && height > 0 ? width * height : 0;
    iou[i] = intersection > 0 ? intersection / (crowd[g] ? area : area + boxArea[g] - intersection) : 0;
  }
}
