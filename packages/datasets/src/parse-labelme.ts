import type { Problem } from './problem.ts';
import { parseJson } from './parse-json.ts';
import { extentOf } from './parse-yolo.ts';

/** One object of a LabelMe file: a box, and the polygons it was drawn with, if it was. */
export interface LabelMeObject {
  readonly name: string;
  readonly box: readonly [number, number, number, number];
  readonly polygons?: readonly (readonly number[])[];
  /** Line of its (first) shape's points in the file, from 1. */
  readonly line?: number;
}

/** What one LabelMe file says. */
export interface LabelMeAnnotation {
  /** The image, relative to the file; backslashes are slashes. */
  readonly imagePath: string;
  /** Not in every file. */
  readonly width?: number;
  readonly height?: number;
  readonly objects: readonly LabelMeObject[];
}

type Entry = Readonly<Record<string, unknown>>;
const isPoint = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((number) => Number.isFinite(number));

/**
 * Reads one file of LabelMe. Polygons and rectangles are read; shapes of one label that share a `group_id` are one object.
 * Other shapes (points, lines, circles, bitmaps) are left out and listed. Nothing is thrown; there is no annotation where the
 * file cannot be relied upon.
 */
export function parseLabelMe(text: string, { file }: { file: string }): { annotation?: LabelMeAnnotation; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (reason: string, drops: Problem['drops'], line?: number): void => {
    problems.push({ file, ...(line !== undefined && { line }), reason, drops });
  };
  const document = parseJson(text, report);
  if (!document) {
    return { problems };
  }
  const { shapes, imagePath, imageWidth, imageHeight } = document;
  if (!Array.isArray(shapes) || typeof imagePath !== 'string') {
    report('expected "shapes" and "imagePath" at the top, as in LabelMe\'s files', 'example');
    return { problems };
  }
  // Each shape has its points once; the strings of a file can hold no such key unescaped.
  const lines = [...text.matchAll(/(?<!\\)"points"\s*:/g)].map(({ index }) => text.slice(0, index).split('\n').length);
  const known = lines.length === shapes.length ? lines : [];
  const groups = new Map<string, LabelMeObject>();
  for (const [index, shape] of (shapes as unknown[]).entries()) {
    const line = known[index] as number | undefined;
    const { label, points, shape_type: type = 'polygon', group_id: group } = (typeof shape === 'object' && shape !== null ? shape : {}) as Entry;
    const fault = faultOf({ label, points, type });
    if (fault !== undefined) {
      report(`shapes[${index}]: ${fault}`, 'object', line);
      continue;
    }
    const [name, flat] = [label as string, (points as number[][]).flat()];
    const key = typeof group === 'number' || typeof group === 'string' ? `${name}\n${group}` : `\n${index}`;
    const earlier = groups.get(key);
    const polygons = [...(earlier?.polygons ?? []), ...(type === 'polygon' ? [flat] : [])];
    groups.set(key, {
      name,
      box: extentOf([...(earlier?.box ?? []), ...flat]),
      ...(polygons.length > 0 && { polygons }),
      ...((earlier?.line ?? line) !== undefined && { line: earlier?.line ?? line }),
    } as LabelMeObject);
  }
  const size = isSide(imageWidth) && isSide(imageHeight) ? { width: imageWidth, height: imageHeight } : {};
  return { annotation: { imagePath: imagePath.replaceAll('\\', '/'), ...size, objects: [...groups.values()] }, problems };
}

const isSide = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0;

function faultOf({ label, points, type }: Entry): string | undefined {
  if (typeof label !== 'string' || label === '') {
    return 'expected a label';
  }
  if (type !== 'polygon' && type !== 'rectangle') {
    return `expected a polygon or a rectangle, got "${String(type)}" (${label})`;
  }
  if (!Array.isArray(points) || !points.every(isPoint)) {
    return `expected points as [x, y] (${label})`;
  }
  const least = type === 'polygon' ? 3 : 2;
  return points.length < least ? `expected ${least} points or more of a ${type}, got ${points.length} (${label})` : undefined;
}
