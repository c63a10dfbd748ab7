import { fail, readNumber } from '../read-coco-values.ts';

/** The names of the keypoints that a category states, if any. */
export function readKeypointNames(value: unknown, where: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) fail(where, 'a list of names', value);
  return value.length > 0 ? value : undefined;
}

/** `[x, y, v]` of each keypoint as finite numbers; `count` of them, where that is known. */
export function readKeypoints(value: unknown, where: string, count: number | undefined): readonly number[] {
  const expected = count === undefined ? '3 numbers for each keypoint' : `${3 * count} numbers, 3 for each of ${count} keypoints`;
  if (!Array.isArray(value) || (count === undefined ? value.length % 3 !== 0 || value.length === 0 : value.length !== 3 * count)) {
    fail(where, expected, Array.isArray(value) ? `${value.length} numbers` : value);
  }
  return (value as readonly unknown[]).map((number, i) => readNumber(number, `${where}[${i}]`));
}
