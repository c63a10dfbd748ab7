import type { Size } from '@rcnn/geometry';
import type { CocoCategory } from './coco-format.ts';
import type { CocoReport } from './coco-entries.ts';
import type { Dataset } from './dataset.ts';

/** The keypoints' names and the lines between them in a category; none, and a report, where they are malformed. */
export function readCocoSkeleton(
  { keypoints, skeleton = [] }: { keypoints: unknown; skeleton: unknown },
  where: string,
  report: CocoReport,
): Pick<CocoCategory, 'keypoints' | 'skeleton'> {
  if (keypoints === undefined || keypoints === null || (Array.isArray(keypoints) && keypoints.length === 0)) {
    return {};
  }
  if (!Array.isArray(keypoints) || !keypoints.every((name) => typeof name === 'string') || new Set(keypoints).size < keypoints.length) {
    report(`${where}: expected keypoints as a list of names, each once`, 'nothing');
    return {};
  }
  const isEnd = (end: unknown): boolean => Number.isInteger(end) && (end as number) >= 1 && (end as number) <= keypoints.length;
  const isLine = (line: unknown): boolean => Array.isArray(line) && line.length === 2 && line.every(isEnd);
  if (!Array.isArray(skeleton) || !skeleton.every(isLine)) {
    report(`${where}: expected skeleton as a list of pairs from 1 to ${keypoints.length}`, 'nothing');
    return { keypoints };
  }
  return { keypoints, ...(skeleton.length > 0 && { skeleton }) };
}

/**
 * The keypoints of a file's categories, which must be the same ones: those of the first that has any. `has` are the ids of the categories
 * that have them; another set is reported, and passed over.
 */
export function sharedKeypoints(
  categories: readonly CocoCategory[],
  report: CocoReport,
): Pick<Dataset, 'keypointNames' | 'skeleton'> & { readonly has: ReadonlySet<number> } {
  const first = categories.find(({ keypoints }) => keypoints !== undefined);
  const has = new Set<number>();
  for (const { id, name, keypoints } of categories) {
    if (keypoints?.join('\n') === first?.keypoints?.join('\n')) {
      has.add(id);
    } else if (keypoints) {
      report(`category ${id} (${name}): its keypoints differ from those of ${first?.name}, and are passed over`, 'nothing');
    }
  }
  if (!first?.keypoints) {
    return { has: new Set() };
  }
  const skeleton = first.skeleton?.map(([a, b]) => [a - 1, b - 1] as const);
  return { keypointNames: first.keypoints, ...(skeleton && { skeleton }), has };
}

/** What {@link readCocoKeypoints} found: `3 · count` numbers to use, and a fault where there is one. */
export interface CheckedKeypoints {
  readonly keypoints: readonly number[];
  readonly fault?: string;
}

/**
 * The keypoints of an annotation, held against its image. Where they are not as many as the category's, or a number of them is none, no
 * keypoint counts as labelled; one that lies outside the image does not. Absent ones are no fault.
 */
export function readCocoKeypoints(entry: unknown, count: number, { width, height }: Size): CheckedKeypoints {
  const { keypoints, num_keypoints } = entry as { keypoints?: unknown; num_keypoints?: unknown };
  const none = Array.from({ length: 3 * count }, () => 0);
  if (keypoints === undefined || keypoints === null) {
    return { keypoints: none };
  }
  if (!Array.isArray(keypoints) || keypoints.length !== none.length) {
    const came = Array.isArray(keypoints) ? String(keypoints.length) : JSON.stringify(keypoints);
    return { keypoints: none, fault: `expected ${none.length} numbers, 3 for each of ${count} keypoints, got ${came}` };
  }
  const numbers = [...(keypoints as readonly number[])];
  let outside = -1;
  let labelled = 0;
  for (let i = 0; i < numbers.length; i += 3) {
    const [x, y, v] = numbers.slice(i, i + 3);
    if (!(Number.isFinite(x) && Number.isFinite(y) && (v === 0 || v === 1 || v === 2))) {
      return { keypoints: none, fault: `expected finite x and y and a visibility of 0, 1 or 2, got ${JSON.stringify([x, y, v])} as keypoint ${i / 3 + 1}` };
    }
    labelled += v > 0 ? 1 : 0;
    if (v > 0 && !(x >= 0 && y >= 0 && x <= width && y <= height)) {
      outside = outside < 0 ? i : outside;
      numbers.fill(0, i, i + 3);
    }
  }
  const stated = num_keypoints === undefined ? labelled : num_keypoints;
  const reasons = [
    ...(outside < 0 ? [] : [`keypoint ${outside / 3 + 1} at [${keypoints[outside]}, ${keypoints[outside + 1]}] lies outside its image of ${width}×${height}`]),
    ...(stated === labelled ? [] : [`num_keypoints is ${JSON.stringify(stated)}, but ${labelled} are labelled`]),
  ];
  return { keypoints: numbers, ...(reasons.length > 0 && { fault: reasons.join('; ') }) };
}
