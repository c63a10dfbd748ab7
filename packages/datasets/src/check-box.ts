import type { Size } from '@rcnn/geometry';
import type { Problem } from './problem.ts';

type Corners = readonly [number, number, number, number];

/** What {@link checkBox} found: a box to use, and a fault where there is one. */
export interface CheckedBox {
  /** Undefined if nothing of the box can be used. */
  readonly box?: Corners;
  readonly fault?: Pick<Problem, 'reason' | 'drops'>;
}

// Annotations rounded to two decimals may end this far outside their image: that is rounding, not a mistake.
const rounding = 0.02;

/**
 * A box as annotated, held against its image. One without area has nothing to learn from and is dropped; one that sticks
 * out is clipped to the image; one that lies wholly outside is dropped. Each of these is a fault to be reported.
 */
export function checkBox(box: Corners, { width, height }: Size): CheckedBox {
  const [x1, y1, x2, y2] = box;
  const written = `[${box.map((value) => Number(value.toFixed(3))).join(', ')}]`;
  if (!(x2 > x1 && y2 > y1)) {
    const reason = x2 < x1 || y2 < y1 ? `inverted box ${written}` : `zero-area box ${written}`;
    return { fault: { reason, drops: 'object' } };
  }
  const clipped: Corners = [Math.max(x1, 0), Math.max(y1, 0), Math.min(x2, width), Math.min(y2, height)];
  if (!(clipped[2] > clipped[0] && clipped[3] > clipped[1])) {
    return { fault: { reason: `box ${written} lies outside its image of ${width}×${height}`, drops: 'object' } };
  }
  if (x1 < -rounding || y1 < -rounding || x2 > width + rounding || y2 > height + rounding) {
    const reason = `box ${written} reaches outside its image of ${width}×${height}`;
    return { box: clipped, fault: { reason, drops: 'nothing' } };
  }
  return { box: clipped };
}
