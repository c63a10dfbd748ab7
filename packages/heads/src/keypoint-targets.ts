import type { Boxes, Keypoints } from '@rcnn/geometry';

/** The cells that the heat maps of regions are to point at, for those keypoints that have one. */
export interface KeypointTargets {
  /** Of a keypoint k of region r: r · K + k, ascending. */
  readonly maps: Uint32Array; // [V]
  /** Its cell of the m × m, row-major. */
  readonly cells: Uint32Array; // [V]
}

/**
 * What the keypoint head is to say of each region (He et al. 2017, §5): in the m × m map of each labelled keypoint the one cell that it
 * lies in, with the box's right and bottom edges in the last ones. A keypoint that is not labelled, or lies outside, has no target.
 * @param keypoints those of each region's object, in input pixels: [R, K, 3]
 * @param boxes the regions in input pixels
 * @throws RangeError if the keypoints are not as many for each region
 */
export function keypointTargets(keypoints: Keypoints, boxes: Boxes, { heatmapSize = 56 }: { readonly heatmapSize?: number } = {}): KeypointTargets {
  const regions = boxes.length / 4;
  const count = regions === 0 ? 0 : keypoints.length / 3 / regions;
  if (!Number.isInteger(count) || (regions === 0 && keypoints.length > 0)) {
    throw new RangeError(`keypointTargets: expected keypoints of each of ${regions} regions, got ${keypoints.length / 3} keypoints`);
  }
  const [maps, cells]: [number[], number[]] = [[], []];
  for (let map = 0; map < regions * count; map++) {
    const [x, y, v] = keypoints.subarray(3 * map, 3 * map + 3);
    const [x1, y1, x2, y2] = boxes.subarray(4 * Math.floor(map / count), 4 * Math.floor(map / count) + 4);
    const [column, row] = [cellOf(x, x1, x2, heatmapSize), cellOf(y, y1, y2, heatmapSize)];
    if (!(v > 0 && column >= 0 && row >= 0 && column < heatmapSize && row < heatmapSize)) continue;
    maps.push(map);
    cells.push(row * heatmapSize + column);
  }
  return { maps: Uint32Array.from(maps), cells: Uint32Array.from(cells) };
}

/** In single precision as torchvision, so that a keypoint on the border of two cells lies in the same one. */
function cellOf(at: number, from: number, to: number, size: number): number {
  if (at === to) return size - 1;
  const scale = Math.fround(size / Math.fround(to - from));
  return Math.floor(Math.fround(Math.fround(at - from) * scale));
}
