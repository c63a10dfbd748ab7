import { parseSegmentation, type Rle, type Segmentation } from '@rcnn/geometry';

/** Throws the one error of the COCO readers: where, what was expected, what came. */
export function fail(where: string, expected: string, value: unknown): never {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  throw new RangeError(`${where}: expected ${expected}, got ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
}

/** The value, if it is an object. */
export function readRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(where, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}

/** The value, if it is an array. */
export function readArray(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, 'an array', value);
}

/** The value, if it is a finite number. */
export function readNumber(value: unknown, where: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(where, 'a number', value);
}

/** COCO's `[x, y, width, height]` as corners, with the area by width and height, all in double precision. */
export function readBox(value: unknown, where: string): { box: [number, number, number, number]; boxArea: number } {
  const numbers = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const sound = numbers.length === 4 && numbers.every((n) => typeof n === 'number' && Number.isFinite(n));
  const [x, y, width, height] = numbers as readonly number[];
  if (!sound || width < 0 || height < 0) fail(where, '[x, y, width, height], no side below 0', value);
  return { box: [x, y, x + width, y + height], boxArea: width * height };
}

/** A `segmentation` of an image of a size, as run lengths. */
export function readMask(value: unknown, where: string, { width, height }: { readonly width?: number; readonly height?: number }): Rle {
  if (value === undefined || value === null) fail(where, 'polygons, or size and counts', value);
  if (width === undefined || height === undefined) throw new RangeError(`${where}: expected an image whose size the ground truth states`);
  try {
    return parseSegmentation(value as Segmentation, height, width);
  } catch (error) {
    throw new RangeError(`${where}: ${error instanceof Error ? error.message.replace(/^\w+: /, '') : String(error)}`);
  }
}
