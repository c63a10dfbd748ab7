import { asBoxes } from '@rcnn/geometry';
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
}

/** Rows as the columns of a {@link GroundTruth}; an optional column is there where any row has it. */
export function groundTruthOf(objects: readonly LabelledObject[]): GroundTruth {
  const flags = (of: (object: LabelledObject) => boolean | undefined): Uint8Array =>
    Uint8Array.from(objects, (object) => (of(object) === true ? 1 : 0));
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
  };
}
