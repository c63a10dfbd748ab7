import type { Size } from '@rcnn/geometry';
import { checkBox } from './check-box.ts';
import type { GroundTruth } from './dataset.ts';
import { groundTruthOf, type LabelledObject } from './ground-truth.ts';
import type { Problem } from './problem.ts';

type Corners = readonly [number, number, number, number];

/**
 * Reads the labels of one image in YOLO's form: a line an object, `class cx cy w h` or `class x y x y x y …`, the class counted
 * from 0, coordinates as parts of the image's width and height. A line that is neither, and a box without area, is left out
 * and listed.
 */
export function parseYoloLabels(
  text: string,
  { file, classes, width, height }: Size & { file: string; classes: readonly string[] },
): { groundTruth: GroundTruth; problems: Problem[] } {
  const problems: Problem[] = [];
  const objects: LabelledObject[] = [];
  for (const [index, row] of text.split('\n').entries()) {
    const words = row.trim().split(/\s+/);
    if (words[0] === '') {
      continue;
    }
    const report = (reason: string, drops: Problem['drops'] = 'object'): void => {
      problems.push({ file, line: index + 1, reason, drops });
    };
    const [label, ...numbers] = words.map(Number);
    const stray = words.find((word) => !Number.isFinite(Number(word)));
    if (stray !== undefined) {
      report(`expected numbers, got "${stray}"`);
      continue;
    }
    if (!(Number.isInteger(label) && label >= 0 && label < classes.length)) {
      report(`unknown class ${label}; the classes are 0 to ${classes.length - 1}`);
      continue;
    }
    if (numbers.length !== 4 && (numbers.length < 6 || numbers.length % 2 !== 0)) {
      report(`expected a class and 4 numbers of a box, or x and y of 3 points or more, got a class and ${numbers.length} numbers`);
      continue;
    }
    const points = numbers.map((value, i) => value * (i % 2 === 0 ? width : height));
    const checked = checkBox(numbers.length === 4 ? boxAround(points) : extentOf(points), { width, height });
    if (checked.fault) {
      report(`${checked.fault.reason} (${classes[label]})`, checked.fault.drops);
    }
    if (checked.box) {
      objects.push({ box: checked.box, label: label + 1, segmentation: numbers.length === 4 ? undefined : [points] });
    }
  }
  return { groundTruth: groundTruthOf(objects), problems };
}

function boxAround([x, y, width, height]: readonly number[]): Corners {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** The box around points, `[x, y, x, y, …]`. */
export function extentOf(points: readonly number[]): Corners {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [i, value] of points.entries()) {
    box[i % 2] = Math.min(box[i % 2], value);
    box[2 + (i % 2)] = Math.max(box[2 + (i % 2)], value);
  }
  return box;
}
