import type { ImageDetections } from './detections.ts';
import type { CocoGroundTruth } from './read-coco-ground-truth.ts';
import { fail, readArray, readBox, readNumber, readRecord } from './read-coco-values.ts';

/**
 * Detections from the parsed JSON of a COCO results file: an array of
 * `{image_id, category_id, bbox: [x, y, width, height], score}`.
 * @param json what `JSON.parse` made of the file
 * @param groundTruth the ground truth they answer to, which says what label a category has
 * @param file the file's name, for errors
 * @throws RangeError if the file is not such a file; the message names the file and the place in it
 */
export function readCocoResults(json: unknown, groundTruth: CocoGroundTruth, file = 'COCO results'): readonly ImageDetections[] {
  const labelOf = new Map(groundTruth.categoryIds.map((id, i) => [id, i + 1]));
  const known = new Set(groundTruth.groundTruth.map(({ image }) => image));
  const images = new Map<number, { boxes: number[]; labels: number[]; scores: number[]; boxArea: number[] }>();
  readArray(json, file).forEach((value, i) => {
    const where = `${file}: [${i}]`;
    const result = readRecord(value, where);
    const id = readNumber(result['image_id'], `${where}.image_id`);
    if (!known.has(id)) fail(`${where}.image_id`, 'the id of an image of the ground truth', id);
    const label = labelOf.get(readNumber(result['category_id'], `${where}.category_id`));
    if (label === undefined) return fail(`${where}.category_id`, 'the id of a category of the ground truth', result['category_id']);
    const { box, boxArea } = readBox(result['bbox'], `${where}.bbox`);
    const image = images.get(id) ?? { boxes: [], labels: [], scores: [], boxArea: [] };
    images.set(id, image);
    image.boxes.push(...box);
    image.boxArea.push(boxArea);
    image.labels.push(label);
    image.scores.push(readNumber(result['score'], `${where}.score`));
  });
  return [...images].map(([image, columns]) => ({ image, ...columns }));
}
