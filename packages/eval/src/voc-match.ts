import type { ClassProblem } from './class-problem.ts';

/** What became of a detection in the VOC measure. */
export type VocOutcome = 'true positive' | 'false positive' | 'ignored';

/**
 * The outcome of each detection of a class, in descending order of score (development kit, `VOCevaldet.m`).
 * @param lastPixel what is added to every width and height: 1 in the development kit, 0 in continuous coordinates
 */
export function vocMatch({ groundTruth, detections }: ClassProblem, iouThreshold: number, lastPixel: number): VocOutcome[] {
  const { boxes, start, difficult } = groundTruth;
  const found = new Uint8Array(difficult.length);
  const outcomes: VocOutcome[] = [];
  for (let d = 0; d < detections.scores.length; d++) {
    const x1 = detections.boxes[4 * d];
    const y1 = detections.boxes[4 * d + 1];
    const x2 = detections.boxes[4 * d + 2] + lastPixel;
    const y2 = detections.boxes[4 * d + 3] + lastPixel;
    const image = detections.image[d];
    let highest = -Infinity;
    let best = -1;
    for (let g = start[image]; g < start[image + 1]; g++) {
      const gx1 = boxes[4 * g];
      const gy1 = boxes[4 * g + 1];
      const gx2 = boxes[4 * g + 2] + lastPixel;
      const gy2 = boxes[4 * g + 3] + lastPixel;
      const width = Math.min(x2, gx2) - Math.max(x1, gx1);
      const height = Math.min(y2, gy2) - Math.max(y1, gy1);
      if (!(width > 0 && height > 0)) continue;
      const intersection = width * height;
      const iou = intersection / ((x2 - x1) * (y2 - y1) + (gx2 - gx1) * (gy2 - gy1) - intersection);
      if (iou > highest) {
        highest = iou;
        best = g;
      }
    }
    if (highest >= iouThreshold && difficult[best]) {
      outcomes.push('ignored');
    } else if (highest >= iouThreshold && !found[best]) {
      found[best] = 1;
      outcomes.push('true positive');
    } else {
      outcomes.push('false positive');
    }
  }
  return outcomes;
}
