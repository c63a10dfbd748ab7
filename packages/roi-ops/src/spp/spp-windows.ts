import { emptyBoxes, type Boxes, type Size } from '@rcnn/geometry';
import type { SppGeometry } from './spp-geometry.ts';

/** Options of {@link sppWindows}. */
export interface SppWindowsOptions {
  /** Of the network whose map it is. */
  readonly geometry: SppGeometry;
  /** Pixels of the network's input per pixel of the image; 1 by default. */
  readonly scale?: number;
}

/**
 * The windows of a map that regions of the image project onto (SPPnet, appendix A, as its own code has it), in cells, x2 and y2
 * not included: from the cell whose centre is nearest to the left end moved inwards by `offset`, to the one nearest to the right end
 * moved inwards, and so from top to bottom; cut to the map. A region too small for that has the one cell nearest to its middle.
 * @param regions in pixels of the image
 * @param map the size of the map in cells
 */
export function sppWindows(regions: Boxes, map: Size, { geometry, scale = 1 }: SppWindowsOptions): Boxes {
  const { step, offset0, offset } = geometry;
  const windows = emptyBoxes(regions.length / 4);
  for (let i = 0; i < regions.length; i++) {
    if (i % 4 > 1) {
      continue;
    }
    const extent = i % 4 === 0 ? map.width : map.height;
    // The first and the last of the pixels, counted from 1; the scaled image counts from 1 too.
    const first = regions[i] * scale + 1;
    const last = (regions[i + 2] - 1) * scale + 1;
    let start = Math.floor((first - offset0 + offset) / step + 0.5);
    let end = Math.ceil((last - offset0 - offset) / step - 0.5);
    if (end < start) {
      start = Math.round(((first + last) / 2 - offset0) / step);
      end = start;
    }
    windows[i] = Math.min(Math.max(start, 0), extent - 1);
    windows[i + 2] = Math.min(Math.max(end, windows[i]), extent - 1) + 1;
  }
  return windows;
}
