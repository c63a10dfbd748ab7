import { asBoxes, asKeypoints, type Keypoints } from '@rcnn/geometry';
import type { CocoSegmentation } from './coco-format.ts';
import type { GroundTruth } from './dataset.ts';

/** One annotated object, as a row. */
export interface LabelledObject {
  readonly box: readonly [number, number, number, number];
  readonly label: number;
  readonly difficult?: boolean;
  readonly crowd?: boolean;
  readonly truncated?: boolean;
  readonly area?: number;
  readonly segmentation?: CocoSegmentation | undefined;
  /** `[x, y, v]` of each keypoint; of the same number in every row that has any. */
  readonly keypoints?: readonly number[] | undefined;
}

/**
 * Rows as the columns of a {@link GroundTruth}; an optional column is there where any row has it. A row without keypoints has as many as
 * the others, none of them labelled.
 * @throws RangeError if rows have different numbers of keypoints, or numbers that are none
 */
export function groundTruthOf(objects: readonly LabelledObject[]): GroundTruth {
  const flags = (of: (object: LabelledObject) => boolean | undefined): Uint8Array =>
    Uint8Array.from(objects, (object) => (of(object) === true ? 1 : 0));
  const keypoints = keypointColumn(objects);
  return {
    boxes: asBoxes(objects.flatMap(({ box }) => box)),
    labels: Int32Array.from(objects, ({ label }) => label),
    difficult: flags(({ difficult }) => difficult),
    crowd: flags(({ crowd }) => crowd),
    ...(objects.some(({ truncated }) => truncated !== undefined) && { truncated: flags(({ truncated }) => truncated) }),
    ...(objects.some(({ area }) => area !== undefined) && { areas: Float64Array.from(objects, ({ area }) => area ?? 0) }),
    ...(objects.some(({ segmentation }) => segmentation !== undefined) && {
      segmentations: objects.map(({ segmentation }) => segmentation),
    }),
    ...(keypoints && { keypoints }),
  };
}

function keypointColumn(objects: readonly LabelledObject[]): Keypoints | undefined {
  const length = objects.find(({ keypoints }) => keypoints !== undefined)?.keypoints?.length;
  if (length === undefined) {
    return undefined;
  }
  const other = objects.find(({ keypoints }) => keypoints !== undefined && keypoints.length !== length);
  if (other) {
    throw new RangeError(`groundTruthOf: expected ${length} numbers of keypoints in every row, got ${other.keypoints?.length}`);
  }
  return asKeypoints(objects.flatMap(({ keypoints }) => keypoints ?? Array.from({ length }, () => 0)), length / 3);
}
