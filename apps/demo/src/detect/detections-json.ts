import { asBoxes, resizeRle, rleToString, scaleBoxes, type Rle, type Size } from '@rcnn/geometry';

/** Found objects, as far as they are written. */
export interface WrittenObjects {
  readonly boxes: Float32Array;
  readonly labels: Int32Array;
  readonly scores: Float32Array;
  readonly masks?: readonly Rle[] | undefined;
  readonly keypoints?: Float32Array | undefined;
  readonly keypointScores?: Float32Array | undefined;
}

/** What {@link detectionsJson} is told. */
export interface DetectionsJsonOptions {
  readonly file: string;
  /** The image that was computed on, and the file's own, whose pixels are written. */
  readonly image: Size;
  readonly original: Size;
  readonly classes: readonly string[];
  readonly keypointNames?: readonly string[] | undefined;
  /** Objects below are left out. */
  readonly minScore: number;
}

/** The document that `rcnn detect --json` prints, boxes, masks and keypoints in the pixels of the file. */
export function detectionsJson(
  { boxes, labels, scores, masks, keypoints, keypointScores }: WrittenObjects, { file, image, original, classes, keypointNames, minScore }: DetectionsJsonOptions,
): string {
  const scale = [original.width / image.width, original.height / image.height] as const;
  const scaled = scaleBoxes(asBoxes(boxes), ...scale);
  const count = (keypointScores?.length ?? 0) / Math.max(1, scores.length);
  const same = original.width === image.width && original.height === image.height;
  const detections = [...scores.keys()].filter((i) => scores[i] >= minScore).map((i) => {
    const mask = masks && (same ? masks[i] : resizeRle(masks[i], original));
    return {
      box: [...scaled.subarray(4 * i, 4 * i + 4)],
      label: labels[i],
      class: classes[labels[i] - 1],
      score: scores[i],
      ...(mask && { segmentation: { size: [mask.height, mask.width], counts: rleToString(mask) } }),
      ...(keypoints && keypointScores && {
        keypoints: Array.from({ length: count }, (_, k) => count * i + k).flatMap((at) => [scale[0] * keypoints[3 * at], scale[1] * keypoints[3 * at + 1], keypointScores[at]]),
      }),
    };
  });
  return `${JSON.stringify({ ...(keypointNames && { keypointNames }), images: [{ file, width: original.width, height: original.height, detections }] }, null, 2)}\n`;
}
