import type { Size } from '@rcnn/geometry';

/** A rectangle by its upper left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * Where a tag goes: above its box, inside at the top, below, or inside at the bottom, the first of these places that is
 * free of other tags, else above; always moved inside the image.
 */
export function placeTag(tag: Size, box: Rectangle, image: Size, others: readonly Rectangle[]): Rectangle {
  const tops = [box.y - tag.height, box.y, box.y + box.height, box.y + box.height - tag.height];
  const x = clamp(box.x, image.width - tag.width);
  const places = tops
    .filter((y, i) => i === 0 || (y >= 0 && y + tag.height <= image.height))
    .map((y) => ({ x, y: clamp(y, image.height - tag.height), ...tag }));
  return places.find((place) => !others.some((other) => meet(place, other))) ?? places[0];
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(value, highest));
}

function meet(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
