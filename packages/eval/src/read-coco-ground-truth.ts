import type { Rle } from '@rcnn/geometry';
import type { ImageGroundTruth } from './ground-truth.ts';
import { readKeypointNames, readKeypoints } from './keypoints/read-keypoints.ts';
import { fail, readArray, readBox, readMask, readNumber, readRecord } from './read-coco-values.ts';

/** The ground truth of a COCO file. Label i stands for `classes[i − 1]`, whose id in the file is `categoryIds[i − 1]`. */
export interface CocoGroundTruth {
  readonly classes: readonly string[];
  readonly categoryIds: readonly number[];
  /** The `supercategory` of each class; empty where the file states none. */
  readonly superclasses: readonly string[];
  /** Names of the keypoints that objects of one class have, if they were read and the file names them; no other class may have others. */
  readonly keypointNames?: readonly string[];
  /** How many keypoints an object has, if they were read. */
  readonly keypointCount?: number;
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
  return readInstances(json, file, 'boxes');
}

/**
 * {@link readCocoGroundTruth} with the masks, for {@link evaluateCocoMasks}: polygons, and run lengths packed or not.
 * @throws RangeError as it does, and if an image has no size or a segmentation is malformed
 */
export function readCocoMaskGroundTruth(json: unknown, file = 'COCO ground truth'): CocoGroundTruth {
  return readInstances(json, file, 'masks');
}

/**
 * {@link readCocoGroundTruth} with the keypoints of a person_keypoints file, for {@link evaluateCocoKeypoints}; an object without any has none
 * labelled.
 * @throws RangeError as it does, and if keypoints are malformed, not of one number throughout, or there are none at all
 */
export function readCocoKeypointGroundTruth(json: unknown, file = 'COCO ground truth'): CocoGroundTruth {
  return readInstances(json, file, 'keypoints');
}

function readInstances(json: unknown, file: string, kind: 'boxes' | 'masks' | 'keypoints'): CocoGroundTruth {
  const root = readRecord(json, file);
  const [withMasks, withKeypoints] = [kind === 'masks', kind === 'keypoints'];
  const categories = readArray(root['categories'], `${file}: categories`).map((value, i) => {
    const where = `${file}: categories[${i}]`;
    const category = readRecord(value, where);
    if (typeof category['name'] !== 'string') fail(`${where}.name`, 'a string', category['name']);
    const superclass = typeof category['supercategory'] === 'string' ? category['supercategory'] : '';
    const keypoints = withKeypoints ? readKeypointNames(category['keypoints'], `${where}.keypoints`) : undefined;
    return { id: readNumber(category['id'], `${where}.id`), name: category['name'], superclass, keypoints };
  });
  categories.sort((a, b) => a.id - b.id);
  const labelOf = new Map(categories.map(({ id }, i) => [id, i + 1]));
  if (labelOf.size < categories.length) throw new RangeError(`${file}: categories: expected every id once`);

  const keypointNames = sharedNames(categories.map(({ keypoints }) => keypoints), file);
  let keypointCount = keypointNames?.length;

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
    const written = annotation['keypoints'];
    if (withKeypoints && written !== undefined && written !== null) {
      const keypoints = readKeypoints(written, `${where}.keypoints`, keypointCount);
      keypointCount ??= keypoints.length / 3;
      columns.keypoints.set(columns.labels.length - 1, keypoints);
    }
  });
  if (withKeypoints && keypointCount === undefined) throw new RangeError(`${file}: expected keypoints in a category or an annotation, got none`);
  return {
    classes: categories.map(({ name }) => name),
    categoryIds: categories.map(({ id }) => id),
    superclasses: categories.map(({ superclass }) => superclass),
    images: infos,
    ...(keypointNames && { keypointNames }),
    ...(keypointCount !== undefined && { keypointCount }),
    groundTruth: [...images].map(([image, { columns: { masks, keypoints, ...columns } }]) => ({
      ...{ image, ...columns },
      ...(withMasks && { masks }),
      ...(keypointCount !== undefined && { keypoints: keypointColumn(keypoints, columns.labels.length, keypointCount) }),
    })),
  };
}

/** The names that categories state, which must be the same ones. */
function sharedNames(stated: readonly (readonly string[] | undefined)[], file: string): readonly string[] | undefined {
  const [first, ...others] = stated.filter((names) => names !== undefined);
  const other = others.find((names) => names.join('\n') !== first.join('\n'));
  if (other) fail(`${file}: categories`, `the same keypoints in all that have any, ${first.join(', ')}`, other);
  return first;
}

function keypointColumn(keypoints: ReadonlyMap<number, readonly number[]>, objects: number, count: number): Float64Array {
  const column = new Float64Array(3 * objects * count);
  keypoints.forEach((numbers, i) => column.set(numbers, 3 * count * i));
  return column;
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

const emptyColumns = (): Record<'boxes' | 'labels' | 'area' | 'boxArea', number[]> & { crowd: boolean[]; masks: Rle[]; keypoints: Map<number, readonly number[]> } => ({
  ...{ boxes: [], labels: [], crowd: [], area: [], boxArea: [], masks: [], keypoints: new Map() },
});
