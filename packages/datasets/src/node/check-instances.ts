import { rlesFromLabels } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';
import type { Problem } from '../problem.ts';
import { pascalVocClasses } from '../voc-classes.ts';
import { sizeFault } from './decode-image.ts';
import { decodeLabels, type LabelImage } from './decode-labels.ts';

const outline = 255; // what Pascal VOC draws around objects, and where it cannot tell

/** What is wrong with an example's image of objects, as against its annotation and its image of classes. */
export async function checkInstances(example: Example, classes: readonly string[]): Promise<Problem[]> {
  const { instances, width, height, groundTruth } = example;
  if (!instances) {
    return [];
  }
  const problems: Problem[] = [];
  const read = async (file: string): Promise<LabelImage | undefined> => {
    try {
      const image = await decodeLabels(file);
      const reason = sizeFault(image, { width, height });
      if (reason !== undefined) problems.push({ file, reason, drops: 'nothing' });
      return reason === undefined ? image : undefined;
    } catch (error) {
      problems.push({ file, reason: (error as Error).message.replace(`${file}: `, ''), drops: 'nothing' });
      return undefined;
    }
  };
  const { file, values, classFile } = instances;
  const objects = await read(file);
  if (!objects) {
    return problems;
  }
  const found = rlesFromLabels(objects.labels, height, width);
  const name = (i: number): string => `object ${values[i]} (${classes[groundTruth.labels[i] - 1]})`;
  for (let i = 0; i < values.length; i++) {
    if (!found.has(values[i])) problems.push({ file, reason: `${name(i)} has no pixel`, drops: 'nothing' });
  }
  const last = values.reduce((most, value) => Math.max(most, value), 0);
  for (const value of found.keys()) {
    if (value > last && value !== outline) problems.push({ file, reason: `it holds an object ${value}, the annotation ${last}`, drops: 'nothing' });
  }
  // The numbers of classes are known of Pascal VOC's own alone.
  const kinds = classFile !== undefined && classes.join() === pascalVocClasses.join() ? await read(classFile) : undefined;
  for (let i = 0; kinds && i < values.length; i++) {
    const kind = mostCommon(kinds.labels, objects.labels, values[i]);
    if (kind !== undefined && kind !== groundTruth.labels[i]) {
      const called = classes[kind - 1] ?? (kind === 0 ? 'background' : `class ${kind}`);
      problems.push({ file: classFile ?? file, reason: `${name(i)} is ${called} here`, drops: 'nothing' });
    }
  }
  return problems;
}

/** The label that most pixels of an object bear. */
function mostCommon(labels: ArrayLike<number>, objects: ArrayLike<number>, object: number): number | undefined {
  const counts = new Map<number, number>();
  for (let i = 0; i < objects.length; i++) {
    if (objects[i] === object) counts.set(labels[i], (counts.get(labels[i]) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
