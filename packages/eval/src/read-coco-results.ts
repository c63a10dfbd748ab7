import { rleArea, rleBox, type Rle } from '@rcnn/geometry';
import type { ImageDetections } from './detections.ts';
import { readKeypoints } from './keypoints/read-keypoints.ts';
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
  return readResults(json, groundTruth, file, 'boxes');
}

/**
 * {@link readCocoResults} with the masks, for {@link evaluateCocoMasks}. As in the COCO API, it is the boxes' areas that
 * decide small, medium and large where the results have boxes too; leave them out to have it by the masks' areas.
 * @throws RangeError as it does, and if an image has no size or a segmentation is malformed
 */
export function readCocoMaskResults(json: unknown, groundTruth: CocoGroundTruth, file = 'COCO results'): readonly ImageDetections[] {
  return readResults(json, groundTruth, file, 'masks');
}

/**
 * {@link readCocoResults} with the keypoints, for {@link evaluateCocoKeypoints}. Where the first of them has neither a `bbox` nor a
 * `segmentation`, boxes are those around the keypoints, as in the COCO API.
 * @param groundTruth of {@link readCocoKeypointGroundTruth}, which says how many keypoints there are
 * @throws RangeError as it does, and if keypoints are malformed or of another number
 */
export function readCocoKeypointResults(json: unknown, groundTruth: CocoGroundTruth, file = 'COCO results'): readonly ImageDetections[] {
  return readResults(json, groundTruth, file, 'keypoints');
}

interface Columns extends Record<'boxes' | 'labels' | 'scores' | 'boxArea' | 'area', number[]> {
  readonly masks: Rle[];
  readonly keypoints: number[];
}

function readResults(json: unknown, groundTruth: CocoGroundTruth, file: string, kind: 'boxes' | 'masks' | 'keypoints'): readonly ImageDetections[] {
  const labelOf = new Map(groundTruth.categoryIds.map((id, i) => [id, i + 1]));
  const known = new Map(groundTruth.images.map((info) => [info.id, info]));
  const images = new Map<number, Columns>();
  const rows = readArray(json, file);
  const [withMasks, withKeypoints] = [kind === 'masks', kind === 'keypoints'];
  const shape = rows.length > 0 ? shapeOf(rows[0], withKeypoints) : 'box';
  rows.forEach((value, i) => {
    const where = `${file}: [${i}]`;
    const result = readRecord(value, where);
    const id = readNumber(result['image_id'], `${where}.image_id`);
    const info = known.get(id);
    if (info === undefined) return fail(`${where}.image_id`, 'the id of an image of the ground truth', id);
    const label = labelOf.get(readNumber(result['category_id'], `${where}.category_id`));
    if (label === undefined) return fail(`${where}.category_id`, 'the id of a category of the ground truth', result['category_id']);
    const image = images.get(id) ?? { boxes: [], labels: [], scores: [], boxArea: [], area: [], masks: [], keypoints: [] };
    images.set(id, image);
    const mask = withMasks || shape === 'mask' ? readMask(result['segmentation'], `${where}.segmentation`, info) : undefined;
    if (mask !== undefined) image.masks.push(mask);
    const keypoints = withKeypoints ? readKeypoints(result['keypoints'], `${where}.keypoints`, groundTruth.keypointCount) : [];
    for (const number of keypoints) image.keypoints.push(number);
    if (shape === 'keypoints') {
      const [x1, y1, x2, y2] = extentOf(keypoints);
      image.boxes.push(x1, y1, x2, y2);
      image.boxArea.push((x2 - x1) * (y2 - y1));
      image.area.push((x2 - x1) * (y2 - y1));
    } else if (mask === undefined || shape === 'box') {
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
  return [...images].map(([image, { masks, area, keypoints, ...columns }]) => ({
    ...{ image, ...columns },
    ...(withMasks && { masks }),
    ...((withMasks || shape === 'mask') && { area }),
    ...(withKeypoints && { keypoints: Float64Array.from(keypoints) }),
  }));
}

/** What the boxes of results come from, by the first of them. One without any is said to lack its box. */
function shapeOf(first: unknown, withKeypoints: boolean): 'box' | 'mask' | 'keypoints' {
  if (typeof first !== 'object' || first === null) return 'box';
  const { bbox, segmentation, keypoints } = first as { bbox?: unknown; segmentation?: unknown; keypoints?: unknown };
  if (Array.isArray(bbox) && bbox.length > 0) return 'box';
  if (segmentation !== undefined) return 'mask';
  return withKeypoints && keypoints !== undefined ? 'keypoints' : 'box';
}

/** The box around keypoints, whatever their visibility. */
function extentOf(keypoints: readonly number[]): [number, number, number, number] {
  const [xs, ys] = [keypoints.filter((_, i) => i % 3 === 0), keypoints.filter((_, i) => i % 3 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
