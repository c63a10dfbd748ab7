import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import type { ImageProposals } from './proposals/image-proposals.ts';

/**
 * Checks the ground truth and numbers its images in their order.
 * @throws RangeError if an image occurs twice, lengths differ, a box is not one, or a label is not an integer from 1
 */
export function checkGroundTruth(caller: string, groundTruth: readonly ImageGroundTruth[]): Map<string | number, number> {
  const numberOf = new Map<string | number, number>();
  groundTruth.forEach((entry, number) => {
    const where = `${caller}: ground truth of image ${JSON.stringify(entry.image)}`;
    if (numberOf.has(entry.image)) throw new RangeError(`${where}: expected one entry an image, got a second one`);
    numberOf.set(entry.image, number);
    checkBoxes(where, entry);
    checkLength(where, entry, 'difficult');
    checkLength(where, entry, 'crowd');
    checkNumbers(where, entry, 'area');
    checkNumbers(where, entry, 'boxArea');
    checkLength(where, entry, 'masks');
  });
  return numberOf;
}

/**
 * Checks the detections.
 * @throws RangeError as {@link checkGroundTruth}, and if an image is not in the ground truth or a score is not a number
 */
export function checkDetections(
  caller: string,
  detections: readonly ImageDetections[],
  images: ReadonlyMap<string | number, number>,
): void {
  const seen = new Set<string | number>();
  for (const entry of detections) {
    const where = `${caller}: detections of image ${JSON.stringify(entry.image)}`;
    checkImage(where, entry.image, images, seen);
    checkBoxes(where, entry);
    checkNumbers(where, entry, 'scores');
    checkNumbers(where, entry, 'boxArea');
    checkNumbers(where, entry, 'area');
    checkLength(where, entry, 'masks');
  }
}

/**
 * Checks proposals.
 * @throws RangeError if an image is not in the ground truth or occurs twice, lengths differ, or a box is not one
 */
export function checkProposals(
  caller: string,
  proposals: readonly ImageProposals[],
  images: ReadonlyMap<string | number, number>,
): void {
  const seen = new Set<string | number>();
  for (const { image, boxes, scores } of proposals) {
    const where = `${caller}: proposals of image ${JSON.stringify(image)}`;
    checkImage(where, image, images, seen);
    if (boxes.length % 4 !== 0) throw new RangeError(`${where}: expected 4 numbers a box, got ${boxes.length} numbers`);
    for (let i = 0; 4 * i < boxes.length; i++) checkBox(where, boxes, i);
    const labels = { length: boxes.length / 4 };
    checkNumbers(where, { labels, ...(scores !== undefined && { scores }) }, 'scores');
  }
}

function checkImage(
  where: string,
  image: string | number,
  images: ReadonlyMap<string | number, number>,
  seen: Set<string | number>,
): void {
  if (!images.has(image)) throw new RangeError(`${where}: expected an image of the ground truth, which has none of that name`);
  if (seen.has(image)) throw new RangeError(`${where}: expected one entry an image, got a second one`);
  seen.add(image);
}

function checkBoxes(where: string, { boxes, labels }: ImageGroundTruth | ImageDetections): void {
  if (boxes.length !== 4 * labels.length) {
    throw new RangeError(`${where}: expected ${4 * labels.length} numbers in boxes (4 for each of labels), got ${boxes.length}`);
  }
  for (let i = 0; i < labels.length; i++) {
    if (!(Number.isInteger(labels[i]) && labels[i] >= 1)) {
      throw new RangeError(`${where}: expected integers from 1 in labels, got ${labels[i]} at ${i}`);
    }
    checkBox(where, boxes, i);
  }
}

function checkBox(where: string, boxes: ArrayLike<number>, i: number): void {
  const [x1, y1, x2, y2] = [boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]];
  if (!(x2 - x1 >= 0 && y2 - y1 >= 0 && x2 - x1 < Infinity && y2 - y1 < Infinity)) {
    throw new RangeError(`${where}: expected x1 <= x2 and y1 <= y2 in boxes, got [${x1}, ${y1}, ${x2}, ${y2}] at ${i}`);
  }
}

type Columns<Entry> = { readonly [Name in keyof Entry]?: unknown } & { readonly labels: { readonly length: number } };

function checkLength<Entry extends Columns<Entry>>(where: string, entry: Entry, name: keyof Entry & string): void {
  const column = entry[name] as ArrayLike<unknown> | undefined;
  if (column !== undefined && column.length !== entry.labels.length) {
    throw new RangeError(`${where}: expected ${entry.labels.length} entries in ${name} (one for each of labels), got ${column.length}`);
  }
}

function checkNumbers<Entry extends Columns<Entry>>(where: string, entry: Entry, name: keyof Entry & string): void {
  checkLength(where, entry, name);
  const column = entry[name] as ArrayLike<number> | undefined;
  for (let i = 0; i < (column?.length ?? 0); i++) {
    if (!Number.isFinite(column?.[i])) {
      throw new RangeError(`${where}: expected finite numbers in ${name}, got ${String(column?.[i])} at ${i}`);
    }
  }
}
