import { checkDetections, checkGroundTruth } from './check-inputs.ts';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import { scoreOrder } from './score-order.ts';

/** The ground truth and detections of one class over all images, gathered for the matching loops. */
export interface ClassProblem {
  readonly label: number;
  /** The boxes of image i are number `start[i]` up to, not including, `start[i + 1]`. */
  readonly groundTruth: {
    readonly start: Int32Array;
    /** Each box's number in its image's entry. */
    readonly index: Int32Array;
    readonly boxes: Float64Array;
    readonly boxArea: Float64Array;
    readonly area: Float64Array;
    readonly difficult: Uint8Array;
    readonly crowd: Uint8Array;
  };
  /** In descending order of score; equal scores in the order of the images, then as given. */
  readonly detections: {
    readonly image: Int32Array;
    /** Each detection's number in its image's entry. */
    readonly index: Int32Array;
    readonly boxes: Float64Array;
    readonly boxArea: Float64Array;
    readonly area: Float64Array;
    readonly scores: Float64Array;
  };
}

/** One detection or ground-truth box, by its image's number and its number in the image, packed for all of a class. */
interface Places {
  readonly image: Int32Array;
  readonly index: Int32Array;
}

/**
 * One problem for each label that occurs, ascending. Images are numbered in the order of `groundTruth`.
 * @param caller the function that the errors name
 * @throws RangeError if an input is malformed or a detection's image is not in the ground truth
 */
export function splitByClass(
  caller: string,
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
): ClassProblem[] {
  const numberOf = checkGroundTruth(caller, groundTruth);
  checkDetections(caller, detections, numberOf);
  const found = new Array<ImageDetections | undefined>(groundTruth.length).fill(undefined);
  for (const entry of detections) found[numberOf.get(entry.image) ?? 0] = entry;
  const wantedPlaces = placesByLabel(groundTruth);
  const foundPlaces = placesByLabel(found);
  const labels = [...new Set([...wantedPlaces.keys(), ...foundPlaces.keys()])].sort((a, b) => a - b);
  const none: Places = { image: new Int32Array(0), index: new Int32Array(0) };
  return labels.map((label) => ({
    label,
    groundTruth: gatherGroundTruth(groundTruth, wantedPlaces.get(label) ?? none),
    detections: gatherDetections(found, foundPlaces.get(label) ?? none),
  }));
}

function placesByLabel(images: readonly ({ readonly labels: ArrayLike<number> } | undefined)[]): Map<number, Places> {
  const counts = new Map<number, number>();
  for (const entry of images) {
    for (let i = 0; i < (entry?.labels.length ?? 0); i++) {
      const label = entry?.labels[i] ?? 0;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  const places = new Map<number, Places & { filled: number }>();
  for (const [label, count] of counts) {
    places.set(label, { image: new Int32Array(count), index: new Int32Array(count), filled: 0 });
  }
  images.forEach((entry, image) => {
    for (let index = 0; index < (entry?.labels.length ?? 0); index++) {
      const place = places.get(entry?.labels[index] ?? 0);
      if (place === undefined) continue;
      place.image[place.filled] = image;
      place.index[place.filled++] = index;
    }
  });
  return places;
}

function gatherGroundTruth(images: readonly ImageGroundTruth[], { image, index }: Places): ClassProblem['groundTruth'] {
  const count = index.length;
  const start = new Int32Array(images.length + 1);
  const boxes = new Float64Array(4 * count);
  const [boxArea, area] = [new Float64Array(count), new Float64Array(count)];
  const [difficult, crowd] = [new Uint8Array(count), new Uint8Array(count)];
  for (let g = 0; g < count; g++) {
    const entry = images[image[g]];
    const i = index[g];
    start[image[g] + 1]++;
    copyBox(entry.boxes, i, boxes, g);
    boxArea[g] = entry.boxArea?.[i] ?? areaOf(boxes, g);
    area[g] = entry.area?.[i] ?? boxArea[g];
    difficult[g] = entry.difficult?.[i] ? 1 : 0;
    crowd[g] = entry.crowd?.[i] ? 1 : 0;
  }
  for (let i = 0; i < images.length; i++) start[i + 1] += start[i];
  return { start, index, boxes, boxArea, area, difficult, crowd };
}

function gatherDetections(
  images: readonly (ImageDetections | undefined)[],
  places: Places,
): ClassProblem['detections'] {
  const count = places.index.length;
  const given = new Float64Array(count);
  for (let d = 0; d < count; d++) given[d] = images[places.image[d]]?.scores[places.index[d]] ?? 0;
  const order = scoreOrder(given);
  const [image, index] = [new Int32Array(count), new Int32Array(count)];
  const boxes = new Float64Array(4 * count);
  const [boxArea, area, scores] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  // In the order given, so that the images' own arrays are read one after another, not all over memory.
  const position = new Int32Array(count);
  for (let d = 0; d < count; d++) position[order[d]] = d;
  for (let from = 0; from < count; from++) {
    const entry = images[places.image[from]];
    if (entry === undefined) continue;
    const d = position[from];
    const i = places.index[from];
    image[d] = places.image[from];
    index[d] = i;
    copyBox(entry.boxes, i, boxes, d);
    boxArea[d] = entry.boxArea?.[i] ?? areaOf(boxes, d);
    area[d] = entry.area?.[i] ?? boxArea[d];
    scores[d] = given[from];
  }
  return { image, index, boxes, boxArea, area, scores };
}

function copyBox(from: ArrayLike<number>, i: number, to: Float64Array, j: number): void {
  to[4 * j] = from[4 * i];
  to[4 * j + 1] = from[4 * i + 1];
  to[4 * j + 2] = from[4 * i + 2];
  to[4 * j + 3] = from[4 * i + 3];
}

function areaOf(boxes: Float64Array, i: number): number {
  return (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
}
