import { boxArea, type Boxes, type Size } from '@rcnn/geometry';

/** Options of {@link sppScales}. */
export interface SppScalesOptions {
  /** The lengths that the image's shorter side is resized to: those of SPPnet's own code by default. */
  readonly scales?: readonly number[];
  /** How long the side of a region is at its best: 18 cells of 12 pixels for ZF-5. */
  readonly side?: number;
}

/**
 * Which of the scales each region is pooled from (SPPnet, §4.1): the one at which its area is nearest to that of a picture the
 * network was trained on, that is nearest to `side · min(width, height) / √area`. Indices into `scales`; of two equally near
 * the first.
 * @throws RangeError if there is no scale
 */
export function sppScales(regions: Boxes, image: Size, { scales = [480, 576, 688, 874, 1200], side = 216 }: SppScalesOptions = {}): Uint8Array {
  if (scales.length === 0) {
    throw new RangeError('sppScales: expected at least one scale, got none');
  }
  const shorter = Math.min(image.width, image.height);
  return Uint8Array.from(boxArea(regions), (area) => {
    const wanted = (side * shorter) / Math.sqrt(area);
    let best = 0;
    scales.forEach((scale, i) => {
      if (Math.abs(scale - wanted) < Math.abs(scales[best] - wanted)) {
        best = i;
      }
    });
    return best;
  });
}
