import { fail, readArray, readBox, readNumber, readRecord } from './read-coco-values.ts';
import type { ImageGroundTruth } from './ground-truth.ts';

/** The ground truth of a COCO file. Label i stands for `classes[i − 1]`, whose id in the file is `categoryIds[i − 1]`. */
export interface CocoGroundTruth {
  readonly classes: readonly string[];
  readonly categoryIds: readonly number[];
  /** One entry for each image of the file, ascending by id; `image` is the id. */
  readonly groundTruth: readonly ImageGroundTruth[];
}

/**
 * Ground truth from the parsed JSON of a COCO instances file: boxes, crowds and areas; categories ascending by id.
 * @param json what `JSON.parse` made of the file
 * @param file the file's name, for errors
 * @throws RangeError if the file is not such a file; the message names the file and the place in it
 */
export function readCocoGroundTruth(json: unknown, file = 'COCO ground truth'): CocoGroundTruth {
  const root = readRecord(json, file);
  const categories = readArray(root['categories'], `${file}: categories`).map((value, i) => {
    const where = `${file}: categories[${i}]`;
    const category = readRecord(value, where);
    if (typeof category['name'] !== 'string') fail(`${where}.name`, 'a string', category['name']);
    return { id: readNumber(category['id'], `${where}.id`), name: category['name'] };
  });
  categories.sort((a, b) => a.id - b.id);
  const labelOf = new Map(categories.map(({ id }, i) => [id, i + 1]));
  if (labelOf.size < categories.length) throw new RangeError(`${file}: categories: expected every id once`);

  const ids = readArray(root['images'], `${file}: images`).map((value, i) => {
    const where = `${file}: images[${i}]`;
    return readNumber(readRecord(value, where)['id'], `${where}.id`);
  });
  ids.sort((a, b) => a - b);
  const images = new Map(
    ids.map((id) => [id, { boxes: [] as number[], labels: [] as number[], crowd: [] as boolean[], area: [] as number[], boxArea: [] as number[] }]),
  );
  if (images.size < ids.length) throw new RangeError(`${file}: images: expected every id once`);

  readArray(root['annotations'], `${file}: annotations`).forEach((value, i) => {
    const where = `${file}: annotations[${i}]`;
    const annotation = readRecord(value, where);
    const image = images.get(readNumber(annotation['image_id'], `${where}.image_id`));
    if (image === undefined) return fail(`${where}.image_id`, 'the id of one of images', annotation['image_id']);
    const label = labelOf.get(readNumber(annotation['category_id'], `${where}.category_id`));
    if (label === undefined) return fail(`${where}.category_id`, 'the id of one of categories', annotation['category_id']);
    const { box, boxArea } = readBox(annotation['bbox'], `${where}.bbox`);
    image.boxes.push(...box);
    image.boxArea.push(boxArea);
    image.labels.push(label);
    image.crowd.push(Boolean(annotation['iscrowd']));
    image.area.push(annotation['area'] === undefined ? boxArea : readNumber(annotation['area'], `${where}.area`));
  });
  return {
    classes: categories.map(({ name }) => name),
    categoryIds: categories.map(({ id }) => id),
    groundTruth: [...images].map(([image, columns]) => ({ image, ...columns })),
  };
}
