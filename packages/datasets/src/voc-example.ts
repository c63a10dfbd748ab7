import { checkBox } from './check-box.ts';
import type { Example, InstanceImage } from './dataset.ts';
import { groundTruthOf, type LabelledObject } from './ground-truth.ts';
import type { Problem } from './problem.ts';
import type { VocAnnotation } from './voc-annotation.ts';

/**
 * An example from a Pascal VOC annotation: names become labels 1…K, boxes are held against the image's size. Objects of
 * a class that is not among `classes` and boxes without area are left out, and listed. In the file of `instances`, if there is
 * one, objects have the numbers 1, 2, … in the annotation's order.
 */
export function vocExample(
  annotation: VocAnnotation,
  {
    id,
    file,
    annotationFile,
    classes,
    instances: segmentation,
  }: { id: string; file: string; annotationFile: string; classes: readonly string[]; instances?: Omit<InstanceImage, 'values'> | undefined },
): { example: Example; problems: Problem[] } {
  const problems: Problem[] = [];
  const objects: LabelledObject[] = [];
  const numbers: number[] = [];
  for (const [index, { name, box, difficult, truncated, line }] of annotation.objects.entries()) {
    const place = { file: annotationFile, ...(line !== undefined && { line }) };
    const checked = checkBox(box, annotation);
    const label = classes.indexOf(name) + 1;
    if (label === 0) {
      const known = classes.length <= 8 ? classes.join(', ') : `${classes.slice(0, 8).join(', ')} and ${classes.length - 8} more`;
      problems.push({ ...place, reason: `unknown class "${name}"; the classes are ${known || '(none)'}`, drops: 'object' });
    }
    if (checked.fault) {
      problems.push({ ...place, reason: `${checked.fault.reason} (${name})`, drops: checked.fault.drops });
    }
    if (checked.box && label > 0) {
      objects.push({ box: checked.box, label, difficult, truncated });
      numbers.push(index + 1);
    }
  }
  const { width, height } = annotation;
  const instances = segmentation && { instances: { ...segmentation, values: Int32Array.from(numbers) } };
  return { example: { id, file, width, height, groundTruth: groundTruthOf(objects), ...instances }, problems };
}
