import type { Segmentation } from '../segmentation/segment-graph.ts';

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
