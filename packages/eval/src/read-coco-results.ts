import { rleArea, rleBox, type Rle } from '@rcnn/geometry';
import type { ImageDetections } from './detections.ts';
import type { CocoGroundTruth } from './read-coco-ground-truth.ts';
import { fail, readArray, readBox, readMask, readNumber, readRecord } from './read-coco-values.ts';

/**
 * Detections from the parsed JSON of a COCO results file: an array of
 * `{image_id, category_id, bbox: [x, y, width, height], score}`. Where the first of them has a `segmentation` but no `bbox`,
 * boxes are those around the masks, and areas those of the masks, as in the COCO API.
 * @param json what `JSON.parse` made of the file
 * @param groundTruth the ground truth they answer to, which says what label a category has
 * @param file the file's name, for errors
 * @throws RangeError if the file is not such a file; the message names the file and the place in it
 */
export function readCocoResults(json: unknown, groundTruth: CocoGroundTruth, file = 'COCO results'): readonly ImageDetections[] {
  return readResults(json, groundTruth, file, false);
}

/**
 * {@link readCocoResults} with the masks, for {@link evaluateCocoMasks}. As in the COCO API, it is the boxes' areas that
 * decide small, medium and large where the results have boxes too; leave them out to have it by the masks' areas.
 * @throws RangeError as it does, and if an image has no size or a segmentation is malformed
 */
export function readCocoMaskResults(json: unknown, groundTruth: CocoGroundTruth, file = 'COCO results'): readonly ImageDetections[] {
  return readResults(json, groundTruth, file, true);
}

interface Columns extends Record<'boxes' | 'labels' | 'scores' | 'boxArea' | 'area', number[]> {
  readonly masks: Rle[];
}

function readResults(json: unknown, groundTruth: CocoGroundTruth, file: string, withMasks: boolean): readonly ImageDetections[] {
  const labelOf = new Map(groundTruth.categoryIds.map((id, i) => [id, i + 1]));
  const known = new Map(groundTruth.images.map((info) => [info.id, info]));
  const images = new Map<number, Columns>();
  const rows = readArray(json, file);
  const boxed = rows.length > 0 && hasBox(rows[0]);
  rows.forEach((value, i) => {
    const where = `${file}: [${i}]`;
    const result = readRecord(value, where);
    const id = readNumber(result['image_id'], `${where}.image_id`);
    const info = known.get(id);
    if (info === undefined) return fail(`${where}.image_id`, 'the id of an image of the ground truth', id);
    const label = labelOf.get(readNumber(result['category_id'], `${where}.category_id`));
    if (label === undefined) return fail(`${where}.category_id`, 'the id of a category of the ground truth', result['category_id']);
    const image = images.get(id) ?? { boxes: [], labels: [], scores: [], boxArea: [], area: [], masks: [] };
    images.set(id, image);
    const mask = withMasks || !boxed ? readMask(result['segmentation'], `${where}.segmentation`, info) : undefined;
    if (mask !== undefined) image.masks.push(mask);
    if (mask === undefined || boxed) {
      const { box, boxArea } = readBox(result['bbox'], `${where}.bbox`);
      image.boxes.push(...box);
      image.boxArea.push(boxArea);
      image.area.push(boxArea);
    } else {
      const [x1, y1, x2, y2] = rleBox(mask);
      image.boxes.push(x1, y1, x2, y2);
      image.boxArea.push((x2 - x1) * (y2 - y1));
      image.area.push(rleArea(mask));
    }
    image.labels.push(label);
    image.scores.push(readNumber(result['score'], `${where}.score`));
  });
  return [...images].map(([image, { masks, area, ...columns }]) => ({
    ...{ image, ...columns },
    ...(withMasks && { masks }),
    ...((withMasks || !boxed) && { area }),
  }));
}

/** Whether results have boxes, by the first of them. One without either is said to lack its box. */
function hasBox(first: unknown): boolean {
  if (typeof first !== 'object' || first === null) return true;
  const { bbox, segmentation } = first as { bbox?: unknown; segmentation?: unknown };
  return segmentation === undefined || (Array.isArray(bbox) && bbox.length > 0);
}
