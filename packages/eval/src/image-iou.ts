import type { ClassProblem } from './class-problem.ts';

/**
 * How much the detections of an image overlap its ground truth.
 * @param image the image's number
 * @param detections m positions in the problem's detections: the first m entries
 * @param iou row-major [m, n], n the image's ground truth of the class, in its order
 */
export type ImageIou = (image: number, detections: Int32Array, m: number, iou: Float64Array) => void;

/**
 * IoU of boxes. With a crowd it is the part of the detection inside, `intersection / area of the detection` (COCO API,
 * `bbIou`); boxes that do not meet have 0.
 */
export function crowdBoxIou({ groundTruth, detections }: ClassProblem): ImageIou {
  const { start, boxes, boxArea, crowd } = groundTruth;
  return (image, positions, m, iou) => {
    const [from, to] = [start[image], start[image + 1]];
    for (let i = 0, at = 0; i < m; i++) {
      const d = positions[i];
      const x1 = detections.boxes[4 * d];
      const y1 = detections.boxes[4 * d + 1];
      const x2 = detections.boxes[4 * d + 2];
      const y2 = detections.boxes[4 * d + 3];
      const area = detections.boxArea[d];
      for (let g = from; g < to; g++, at++) {
        const width = Math.min(x2, boxes[4 * g + 2]) - Math.max(x1, boxes[4 * g]);
        const height = Math.min(y2, boxes[4 * g + 3]) - Math.max(y1, boxes[4 * g + 1]);
        const intersection = width > 0 && height > 0 ? width * height : 0;
        iou[at] = intersection > 0 ? intersection / (crowd[g] ? area : area + boxArea[g] - intersection) : 0;
      }
    }
  };
}
