import type { CocoAnnotation, CocoCategory, CocoImage, CocoSegmentation } from './coco-format.ts';
import { readCocoSkeleton } from './coco-keypoints.ts';
import type { Problem } from './problem.ts';

/** Takes note of something wrong in a COCO file. */
export type CocoReport = (reason: string, drops: Problem['drops'], line?: number) => void;

type Entry = Readonly<Record<string, unknown>>;
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;
const isSide = (value: unknown): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value);

/** The images by id, in the file's order. */
export function readCocoImages(entries: readonly unknown[], report: CocoReport): Map<number, CocoImage> {
  const images = new Map<number, CocoImage>();
  for (const [index, entry] of entries.entries()) {
    const { id, file_name, width, height } = isEntry(entry) ? entry : {};
    if (typeof id !== 'number' || typeof file_name !== 'string' || !isSide(width) || !isSide(height)) {
      report(`images[${index}]: expected id, file_name, width and height, got ${brief(entry)}`, 'example');
    } else if (images.has(id)) {
      report(`image ${id} (${file_name}): duplicate image id, ${images.get(id)?.file_name} has it too`, 'example');
    } else {
      images.set(id, { id, file_name, width, height });
    }
  }
  return images;
}

/** The categories in ascending order of id. */
export function readCocoCategories(entries: readonly unknown[], report: CocoReport): CocoCategory[] {
  const categories = new Map<number, CocoCategory>();
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const { id, name, keypoints, skeleton } = isEntry(entry) ? entry : {};
    if (typeof id !== 'number' || typeof name !== 'string') {
      report(`categories[${index}]: expected id and name, got ${brief(entry)}`, 'nothing');
    } else if (categories.has(id) || names.has(name)) {
      report(`category ${id} (${name}): duplicate category ${categories.has(id) ? 'id' : 'name'}`, 'nothing');
    } else {
      categories.set(id, { id, name, ...readCocoSkeleton({ keypoints, skeleton }, `category ${id} (${name})`, report) });
      names.add(name);
    }
  }
  return [...categories.values()].sort((a, b) => a.id - b.id);
}

/** One annotation; undefined, and reported, if it lacks its image, its category or its box. */
export function readCocoAnnotation(entry: unknown, index: number, report: CocoReport): CocoAnnotation | undefined {
  const { id = index, image_id, category_id, bbox, area, iscrowd, segmentation } = isEntry(entry) ? entry : {};
  const missing = Object.entries({ image_id, category_id }).filter(([, value]) => typeof value !== 'number');
  if (typeof id !== 'number' || typeof image_id !== 'number' || typeof category_id !== 'number') {
    report(`annotations[${index}]: expected a number as ${missing.map(([name]) => name).join(', ') || 'id'}, got ${brief(entry)}`, 'object');
    return undefined;
  }
  if (!Array.isArray(bbox) || bbox.length !== 4 || !bbox.every((value) => Number.isFinite(value))) {
    report(`annotation ${id}: expected bbox as [x, y, width, height], got ${brief(bbox)}`, 'object');
    return undefined;
  }
  const box = bbox as unknown as CocoAnnotation['bbox'];
  return {
    id,
    image_id,
    category_id,
    bbox: box,
    area: typeof area === 'number' ? area : box[2] * box[3],
    iscrowd: iscrowd === 1 ? 1 : 0,
    ...(isSegmentation(segmentation) && { segmentation }),
  };
}

function isSegmentation(value: unknown): value is CocoSegmentation {
  return Array.isArray(value) ? value.every((part) => Array.isArray(part)) && value.length > 0 : isEntry(value) && 'counts' in value;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
