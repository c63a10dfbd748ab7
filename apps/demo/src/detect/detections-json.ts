import { asBoxes, resizeRle, rleToString, scaleBoxes, type Rle, type Size } from '@rcnn/geometry';

/** Found objects, as far as they are written. */
export interface WrittenObjects {
  readonly boxes: Float32Array;
  readonly labels: Int32Array;
  readonly scores: Float32Array;
  readonly masks?: readonly Rle[] | undefined;
}

/** What {@link detectionsJson} is told. */
export interface DetectionsJsonOptions {
  readonly file: string;
  /** The image that was computed on, and the file's own, whose pixels are written. */
  readonly image: Size;
  readonly original: Size;
  readonly classes: readonly string[];
  /** Objects below are left out. */
  readonly minScore: number;
}

/** The document that `rcnn detect --json` prints, boxes and masks in the pixels of the file. */
export function detectionsJson({ boxes, labels, scores, masks }: WrittenObjects, { file, image, original, classes, minScore }: DetectionsJsonOptions): string {
  const scaled = scaleBoxes(asBoxes(boxes), original.width / image.width, original.height / image.height);
  const same = original.width === image.width && original.height === image.height;
  const detections = [...scores.keys()].filter((i) => scores[i] >= minScore).map((i) => {
    const mask = masks && (same ? masks[i] : resizeRle(masks[i], original));
    return {
      box: [...scaled.subarray(4 * i, 4 * i + 4)],
      label: labels[i],
      class: classes[labels[i] - 1],
      score: scores[i],
      ...(mask && { segmentation: { size: [mask.height, mask.width], counts: rleToString(mask) } }),
    };
  });
  return `${JSON.stringify({ images: [{ file, width: original.width, height: original.height, detections }] }, null, 2)}\n`;
}
