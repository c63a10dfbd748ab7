import { parseSegmentation } from '@rcnn/geometry';
import { checkBox } from './check-box.ts';
import { readCocoAnnotation, readCocoCategories, readCocoImages, type CocoReport } from './coco-entries.ts';
import type { CocoImage, CocoSegmentation } from './coco-format.ts';
import { readCocoKeypoints, sharedKeypoints } from './coco-keypoints.ts';
import type { GroundTruth } from './dataset.ts';
import { groundTruthOf, type LabelledObject } from './ground-truth.ts';
import { parseJson } from './parse-json.ts';
import type { Problem } from './problem.ts';
import { usableSegmentation } from './usable-segmentation.ts';

/** What {@link parseCoco} returns. */
export interface ParsedCoco {
  /** Names of labels 1…K. */
  readonly classes: readonly string[];
  /** The category id of each class. */
  readonly categoryIds: readonly number[];
  /** Names of the keypoints of the classes that have any; where classes differ in them, those of the first. */
  readonly keypointNames?: readonly string[];
  /** Pairs of keypoints to be joined by a line, counted from 0. */
  readonly skeleton?: readonly (readonly [number, number])[];
  /** Images in the file's order. */
  readonly images: readonly { readonly image: CocoImage; readonly groundTruth: GroundTruth }[];
  readonly problems: readonly Problem[];
}

/**
 * Reads an instances or a person_keypoints file of COCO. Category ids become labels 1…K in ascending order of id, or in the order of `classes`
 * where that is given. Crowds, segmentations and keypoints are kept. Nothing is thrown: what is wrong is listed; an annotation whose
 * image, category or box cannot be told is left out. With `checkMasks` every outline and run length is looked into as well,
 * which takes as long as making masks of them; a polygon that is none is found, and left out, without it too.
 */
export function parseCoco(
  text: string,
  { file, classes, checkMasks = false }: { file: string; classes?: readonly string[]; checkMasks?: boolean },
): ParsedCoco {
  const problems: Problem[] = [];
  const report: CocoReport = (reason, drops, line) => {
    problems.push({ file, ...(line !== undefined && { line }), reason, drops });
  };
  const nothing = { classes: classes ?? [], categoryIds: [], images: [], problems };
  const document = parseJson(text, report);
  if (document === undefined) {
    return nothing;
  }
  for (const name of ['images', 'annotations', 'categories'] as const) {
    if (!Array.isArray(document[name])) {
      report(`expected a list "${name}" at the top, as in COCO's instances files`, 'example');
      return nothing;
    }
  }

  const images = readCocoImages(document.images as unknown[], report);
  const categories = readCocoCategories(document.categories as unknown[], report);
  const known = classes ? categories.filter(({ name }) => classes.includes(name)) : categories;
  const names = classes ?? known.map(({ name }) => name);
  const labels = new Map(known.map(({ id, name }) => [id, names.indexOf(name) + 1]));
  const ids = new Map([...labels].map(([id, label]) => [label, id]));
  const { keypointNames, skeleton, has } = sharedKeypoints(known, report);
  const nameOf = new Map(categories.map(({ id, name }) => [id, name]));

  const objects = new Map<number, LabelledObject[]>([...images.keys()].map((id) => [id, []]));
  const seen = new Set<number>();
  for (const [index, entry] of (document.annotations as unknown[]).entries()) {
    const annotation = readCocoAnnotation(entry, index, report);
    if (!annotation) {
      continue;
    }
    const { id, image_id, category_id, bbox, area, iscrowd } = annotation;
    const image = images.get(image_id);
    const where = `annotation ${id}${image ? ` of ${image.file_name}` : ''}`;
    const label = labels.get(category_id);
    if (seen.has(id)) {
      report(`${where}: duplicate annotation id`, 'nothing');
    }
    seen.add(id);
    if (!image) {
      report(`${where}: no image has the id ${image_id}`, 'object');
    }
    if (label === undefined) {
      const name = nameOf.get(category_id);
      report(
        name === undefined
          ? `${where}: unknown class, no category has the id ${category_id}`
          : `${where}: unknown class "${name}"; the classes are ${names.join(', ')}`,
        'object',
      );
    }
    if (!image) {
      continue;
    }
    const [x, y, width, height] = bbox;
    const checked = checkBox([x, y, x + width, y + height], image);
    if (checked.fault) {
      report(`${where}: ${checked.fault.reason}`, checked.fault.drops);
    }
    const { segmentation, faults } = usableSegmentation(annotation.segmentation);
    const fault = checkMasks && faults.length === 0 ? maskFault(entry, segmentation, image) : undefined;
    for (const each of fault === undefined ? faults : [fault]) {
      report(`${where}: mask: ${each}`, 'nothing');
    }
    const marks = keypointNames && has.has(category_id) ? readCocoKeypoints(entry, keypointNames.length, image) : undefined;
    if (marks?.fault !== undefined) {
      report(`${where}: ${marks.fault}`, 'nothing');
    }
    if (checked.box && label !== undefined) {
      objects.get(image_id)?.push({ box: checked.box, label, crowd: iscrowd === 1, area, segmentation, keypoints: marks?.keypoints });
    }
  }
  return {
    classes: names,
    categoryIds: names.map((_, i) => ids.get(i + 1) ?? 0),
    ...(keypointNames && { keypointNames }),
    ...(skeleton && { skeleton }),
    images: [...images.values()].map((image) => ({ image, groundTruth: groundTruthOf(objects.get(image.id) ?? []) })),
    problems,
  };
}

/** What is wrong with a segmentation, if anything; an empty list is none, and no fault. */
function maskFault(entry: unknown, segmentation: CocoSegmentation | undefined, { width, height }: CocoImage): string | undefined {
  const written = (entry as { segmentation?: unknown }).segmentation;
  if (written === undefined || written === null || (Array.isArray(written) && written.length === 0)) {
    return undefined;
  }
  try {
    parseSegmentation(segmentation ?? (written as CocoSegmentation), height, width);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
