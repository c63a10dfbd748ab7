import type { Segmentation } from '../segmentation/segmentation.ts';

/** Sizes in pixels and bounding boxes of regions. */
export interface RegionShapes {
  readonly sizes: Int32Array;
  /** `[x1, y1, x2, y2]` a region, x2 and y2 one past the last pixel. */
  readonly boxes: Int32Array;
}

/** Sizes and boxes of the regions of a segmentation. */
export function regionShapes({ width, height, labels, count }: Segmentation): RegionShapes {
  const sizes = new Int32Array(count);
  const boxes = new Int32Array(4 * count);
  for (let region = 0; region < count; region++) {
    boxes[4 * region] = width;
    boxes[4 * region + 1] = height;
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const region = labels[i];
      sizes[region]++;
      const at = 4 * region;
      if (x < boxes[at]) boxes[at] = x;
      if (y < boxes[at + 1]) boxes[at + 1] = y;
      if (x >= boxes[at + 2]) boxes[at + 2] = x + 1;
      boxes[at + 3] = y + 1;
    }
  }
  return { sizes, boxes };
}

/** The shapes of regions made of cells. */
export function uniteShapes({ sizes, boxes }: RegionShapes, regionOf: Int32Array, regions: number): RegionShapes {
  const united = { sizes: new Int32Array(regions), boxes: new Int32Array(4 * regions) };
  for (let region = 0; region < regions; region++) {
    united.boxes[4 * region] = united.boxes[4 * region + 1] = 0x7fffffff;
  }
  for (let cell = 0; cell < regionOf.length; cell++) {
    const [from, to] = [4 * cell, 4 * regionOf[cell]];
    united.sizes[regionOf[cell]] += sizes[cell];
    united.boxes[to] = Math.min(united.boxes[to], boxes[from]);
    united.boxes[to + 1] = Math.min(united.boxes[to + 1], boxes[from + 1]);
    united.boxes[to + 2] = Math.max(united.boxes[to + 2], boxes[from + 2]);
    united.boxes[to + 3] = Math.max(united.boxes[to + 3], boxes[from + 3]);
  }
  return united;
}
