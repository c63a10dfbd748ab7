import type { Rle } from '@rcnn/geometry';
import type { ImageGroundTruth } from './ground-truth.ts';
import { fail, readArray, readBox, readMask, readNumber, readRecord } from './read-coco-values.ts';

/** The ground truth of a COCO file. Label i stands for `classes[i − 1]`, whose id in the file is `categoryIds[i − 1]`. */
export interface CocoGroundTruth {
  readonly classes: readonly string[];
  readonly categoryIds: readonly number[];
  /** The `supercategory` of each class; empty where the file states none. */
  readonly superclasses: readonly string[];
  /** What the file says of its images, in the order of `groundTruth`. */
  readonly images: readonly CocoImageInfo[];
  /** One entry for each image of the file, ascending by id; `image` is the id. */
  readonly groundTruth: readonly ImageGroundTruth[];
}

/** An image as a COCO file describes it. */
export interface CocoImageInfo {
  readonly id: number;
  readonly fileName?: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Ground truth from the parsed JSON of a COCO instances file: boxes, crowds and areas; categories ascending by id.
 * @param json what `JSON.parse` made of the file
 * @param file the file's name, for errors
 * @throws RangeError if the file is not such a file; the message names the file and the place in it
 */
export function readCocoGroundTruth(json: unknown, file = 'COCO ground truth'): CocoGroundTruth {
  return readInstances(json, file, false);
}

/**
 * {@link readCocoGroundTruth} with the masks, for {@link evaluateCocoMasks}: polygons, and run lengths packed or not.
 * @throws RangeError as it does, and if an image has no size or a segmentation is malformed
 */
export function readCocoMaskGroundTruth(json: unknown, file = 'COCO ground truth'): CocoGroundTruth {
  return readInstances(json, file, true);
}

function readInstances(json: unknown, file: string, withMasks: boolean): CocoGroundTruth {
  const root = readRecord(json, file);
  const categories = readArray(root['categories'], `${file}: categories`).map((value, i) => {
    const where = `${file}: categories[${i}]`;
    const category = readRecord(value, where);
    if (typeof category['name'] !== 'string') fail(`${where}.name`, 'a string', category['name']);
    const superclass = typeof category['supercategory'] === 'string' ? category['supercategory'] : '';
    return { id: readNumber(category['id'], `${where}.id`), name: category['name'], superclass };
  });
  categories.sort((a, b) => a.id - b.id);
  const labelOf = new Map(categories.map(({ id }, i) => [id, i + 1]));
  if (labelOf.size < categories.length) throw new RangeError(`${file}: categories: expected every id once`);

  const infos = readArray(root['images'], `${file}: images`).map((value, i) => readImage(value, `${file}: images[${i}]`, withMasks));
  infos.sort((a, b) => a.id - b.id);
  const images = new Map(infos.map((info) => [info.id, { info, columns: emptyColumns() }]));
  if (images.size < infos.length) throw new RangeError(`${file}: images: expected every id once`);

  readArray(root['annotations'], `${file}: annotations`).forEach((value, i) => {
    const where = `${file}: annotations[${i}]`;
    const annotation = readRecord(value, where);
    const image = images.get(readNumber(annotation['image_id'], `${where}.image_id`));
    if (image === undefined) return fail(`${where}.image_id`, 'the id of one of images', annotation['image_id']);
    const label = labelOf.get(readNumber(annotation['category_id'], `${where}.category_id`));
    if (label === undefined) return fail(`${where}.category_id`, 'the id of one of categories', annotation['category_id']);
    const { info, columns } = image;
    const { box, boxArea } = readBox(annotation['bbox'], `${where}.bbox`);
    columns.boxes.push(...box);
    columns.boxArea.push(boxArea);
    columns.labels.push(label);
    columns.crowd.push(Boolean(annotation['iscrowd']));
    columns.area.push(annotation['area'] === undefined ? boxArea : readNumber(annotation['area'], `${where}.area`));
    if (withMasks) columns.masks.push(readMask(annotation['segmentation'], `${where}.segmentation`, info));
  });
  return {
    classes: categories.map(({ name }) => name),
    categoryIds: categories.map(({ id }) => id),
    superclasses: categories.map(({ superclass }) => superclass),
    images: infos,
    groundTruth: [...images].map(([image, { columns: { masks, ...columns } }]) => ({ image, ...columns, ...(withMasks && { masks }) })),
  };
}

function readImage(value: unknown, where: string, withSize: boolean): CocoImageInfo {
  const image = readRecord(value, where);
  const size = (name: 'width' | 'height'): { readonly [Name in typeof name]?: number } =>
    withSize || typeof image[name] === 'number' ? { [name]: readNumber(image[name], `${where}.${name}`) } : {};
  return {
    id: readNumber(image['id'], `${where}.id`),
    ...(typeof image['file_name'] === 'string' && { fileName: image['file_name'] }),
    ...size('width'),
    ...size('height'),
  };
}

const emptyColumns = (): Record<'boxes' | 'labels' | 'area' | 'boxArea', number[]> & { crowd: boolean[]; masks: Rle[] } => ({
  ...{ boxes: [], labels: [], crowd: [], area: [], boxArea: [], masks: [] },
});
