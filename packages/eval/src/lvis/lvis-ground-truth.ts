import { readCocoGroundTruth, readCocoMaskGroundTruth, type CocoGroundTruth } from '../read-coco-ground-truth.ts';
import { fail, readArray, readNumber, readRecord } from '../read-coco-values.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';

/** In how many images a class occurs: `r` in up to 10, `c` in up to 100, `f` in more. */
export type LvisFrequency = 'r' | 'c' | 'f';

/** What there is to find in an image of which not every class is annotated (Gupta et al. 2019, §2.2). */
export interface LvisImageGroundTruth extends ImageGroundTruth {
  /** Labels of which there is known to be none in the image. */
  readonly negativeLabels: readonly number[];
  /** Labels of which not every object in the image is annotated. */
  readonly notExhaustiveLabels: readonly number[];
}

/** The ground truth of an LVIS file. */
export interface LvisGroundTruth extends CocoGroundTruth {
  readonly groundTruth: readonly LvisImageGroundTruth[];
  /** Of each class, label 1 first. */
  readonly frequencies: readonly LvisFrequency[];
}

/**
 * Ground truth from the parsed JSON of an LVIS file, as {@link readCocoGroundTruth}.
 * @throws RangeError as it does, and if an image lacks `neg_category_ids` or a category its `frequency`
 */
export function readLvisGroundTruth(json: unknown, file = 'LVIS ground truth'): LvisGroundTruth {
  return withFederation(json, file, readCocoGroundTruth(json, file));
}

/**
 * {@link readLvisGroundTruth} with the masks, for {@link evaluateLvisMasks}.
 * @throws RangeError as it does, and if an image has no size or a segmentation is malformed
 */
export function readLvisMaskGroundTruth(json: unknown, file = 'LVIS ground truth'): LvisGroundTruth {
  return withFederation(json, file, readCocoMaskGroundTruth(json, file));
}

function withFederation(json: unknown, file: string, truth: CocoGroundTruth): LvisGroundTruth {
  const root = readRecord(json, file);
  const labelOf = new Map(truth.categoryIds.map((id, i) => [id, i + 1]));
  const labels = (value: unknown, where: string): number[] =>
    readArray(value, where).map((id, i) => labelOf.get(readNumber(id, `${where}[${i}]`)) ?? fail(`${where}[${i}]`, 'the id of one of categories', id));
  const images = new Map(
    readArray(root['images'], `${file}: images`).map((value, i) => {
      const where = `${file}: images[${i}]`;
      const image = readRecord(value, where);
      const negativeLabels = labels(image['neg_category_ids'], `${where}.neg_category_ids`);
      return [image['id'], { negativeLabels, notExhaustiveLabels: labels(image['not_exhaustive_category_ids'], `${where}.not_exhaustive_category_ids`) }];
    }),
  );
  const frequencies = new Map(
    readArray(root['categories'], `${file}: categories`).map((value, i): [unknown, LvisFrequency] => {
      const { id, frequency } = readRecord(value, `${file}: categories[${i}]`);
      if (frequency !== 'r' && frequency !== 'c' && frequency !== 'f') return fail(`${file}: categories[${i}].frequency`, 'r, c or f', frequency);
      return [id, frequency];
    }),
  );
  const none = { negativeLabels: [], notExhaustiveLabels: [] };
  return {
    ...truth,
    groundTruth: truth.groundTruth.map((entry) => ({ ...entry, ...(images.get(entry.image) ?? none) })),
    frequencies: truth.categoryIds.map((id) => frequencies.get(id) ?? 'f'),
  };
}
