import { asBoxes, rleArea, rleBox, rlesFromLabels, type RgbImage } from '@rcnn/geometry';
import { softMaskTargets } from '@rcnn/heads';
import { felzenszwalb, toColourSpace } from '@rcnn/proposals';
import type { Task } from '../task.ts';

/** What {@link segmentMasks} is told. */
export interface SegmentMasksInput {
  readonly image: RgbImage;
  /** Segments, the largest that do not touch three edges of the image. */
  readonly count: number;
  /** m */
  readonly side: number;
}

/** Segments as a mask head is taught them. */
export interface SegmentMasksOutput {
  readonly boxes: Float32Array;
  /** [R, m, m] */
  readonly targets: Float32Array;
}

/** Segments of an image as targets of a mask head: each one's pixels under RoIAlign in its own box (Mask R-CNN, §3.1, training). */
export const segmentMasks: Task<SegmentMasksInput, SegmentMasksOutput> = ({ image, count, side }) => {
  const { width, height } = image;
  const { labels } = felzenszwalb(toColourSpace(image, 'lab'), { k: 500, minSize: 200 });
  const rles = [...rlesFromLabels(labels.map((label) => label + 1), height, width).values()];
  const boxOf = rles.map(rleBox);
  const isGround = ([x1, y1, x2, y2]: readonly number[]): boolean => [x1 === 0, y1 === 0, x2 === width, y2 === height].filter(Boolean).length > 2;
  const chosen = [...rles.keys()].filter((i) => !isGround(boxOf[i])).sort((a, b) => rleArea(rles[b]) - rleArea(rles[a])).slice(0, count);
  const boxes = asBoxes(chosen.flatMap((i) => boxOf[i]));
  return { boxes, targets: softMaskTargets(chosen.map((i) => rles[i]), boxes, { maskSize: side }) };
};
