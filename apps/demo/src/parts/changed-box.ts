import type { Size } from '@rcnn/geometry';

/** `[x1, y1, x2, y2]`. */
export type BoxCorners = readonly [number, number, number, number];

/** What of a box is dragged. */
export type BoxPart = 'whole' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** The least side that is left when a box is made smaller. */
const LEAST = 4;

/** A box after it or one of its corners was moved, kept inside `within`, and in the right order of corners. */
export function changedBox([x1, y1, x2, y2]: BoxCorners, part: BoxPart, dx: number, dy: number, { width, height }: Size): BoxCorners {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  if (part === 'whole') {
    const [left, top] = [clamp(dx, -x1, width - x2), clamp(dy, -y1, height - y2)];
    return [x1 + left, y1 + top, x2 + left, y2 + top];
  }
  const [vertical, horizontal] = part.split('-');
  return [
    horizontal === 'left' ? clamp(x1 + dx, 0, x2 - LEAST) : x1,
    vertical === 'top' ? clamp(y1 + dy, 0, y2 - LEAST) : y1,
    horizontal === 'right' ? clamp(x2 + dx, x1 + LEAST, width) : x2,
    vertical === 'bottom' ? clamp(y2 + dy, y1 + LEAST, height) : y2,
  ];
}
