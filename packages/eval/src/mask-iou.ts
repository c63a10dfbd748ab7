import { rleArea, rleIou, type Rle } from '@rcnn/geometry';
import type { ClassProblem } from './class-problem.ts';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import type { ImageIou } from './image-iou.ts';

/** IoU of masks; with a crowd it is the part of the detection inside (COCO API, `rleIou`). */
export function crowdMaskIou(
  { groundTruth: { start, index, crowd }, detections }: ClassProblem,
  groundTruth: readonly ImageGroundTruth[],
  foundIn: ReadonlyMap<string | number, ImageDetections>,
): ImageIou {
  return (image, positions, m, iou) => {
    const [from, to] = [start[image], start[image + 1]];
    const wanted = groundTruth[image].masks ?? [];
    const found = foundIn.get(groundTruth[image].image)?.masks ?? [];
    const masks = Array.from(positions.subarray(0, m), (d) => found[detections.index[d]]);
    iou.set(rleIou(masks, Array.from(index.subarray(from, to), (g) => wanted[g]), crowd.subarray(from, to)));
  };
}

/**
 * The entries with the areas of their masks where they state none.
 * @throws RangeError if an entry has boxes but no masks
 */
export function withMaskAreas<Entry extends ImageGroundTruth | ImageDetections>(caller: string, entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => {
    if (entry.masks === undefined && entry.labels.length > 0) {
      throw new RangeError(`${caller}: expected masks in every entry, got none in that of image ${JSON.stringify(entry.image)}`);
    }
    return entry.area === undefined ? { ...entry, area: areasOf(entry.masks ?? []) } : entry;
  });
}

function areasOf(masks: readonly Rle[]): Float64Array {
  return Float64Array.from(masks, rleArea);
}
