import { checkBox } from './check-box.ts';
import type { Example } from './dataset.ts';
import { groundTruthOf, type LabelledObject } from './ground-truth.ts';
import type { Problem } from './problem.ts';
import type { VocAnnotation } from './voc-annotation.ts';

/**
 * An example from a Pascal VOC annotation: names become labels 1…K, boxes are held against the image's size. Objects of
 * a class that is not among `classes` and boxes without area are left out, and listed.
 */
export function vocExample(
  annotation: VocAnnotation,
  { id, file, annotationFile, classes }: { id: string; file: string; annotationFile: string; classes: readonly string[] },
): { example: Example; problems: Problem[] } {
  const problems: Problem[] = [];
  const objects: LabelledObject[] = [];
  for (const { name, box, difficult, truncated, line } of annotation.objects) {
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
    }
  }
  const { width, height } = annotation;
  return { example: { id, file, width, height, groundTruth: groundTruthOf(objects) }, problems };
}
