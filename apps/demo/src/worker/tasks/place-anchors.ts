import type { Boxes, Size } from '@rcnn/geometry';
import { anchorGrid, anchorsAtOrigin } from '@rcnn/rpn';
import type { Task } from '../task.ts';

/** What {@link placeAnchors} is told. */
export interface PlaceAnchorsInput {
  /** Of the image. */
  readonly size: Size;
  readonly stride: number;
  readonly sizes: readonly number[];
  readonly ratios: readonly number[];
  /** The place on the map. */
  readonly cell: { readonly x: number; readonly y: number };
}

/** The anchors of one place, and what there is of them in the whole image. */
export interface PlaceAnchorsOutput {
  readonly boxes: Boxes;
  readonly map: Size;
  readonly total: number;
  /** Those that do not cross the image's edge. */
  readonly inside: number;
}

/** Anchors of a map of some stride over an image. */
export const placeAnchors: Task<PlaceAnchorsInput, PlaceAnchorsOutput> = ({ size, stride, sizes, ratios, cell }) => {
  const map = { width: Math.ceil(size.width / stride), height: Math.ceil(size.height / stride) };
  const anchors = anchorGrid(anchorsAtOrigin({ sizes, ratios }), map, { width: stride, height: stride });
  const each = 4 * sizes.length * ratios.length;
  const at = (cell.y * map.width + cell.x) * each;
  let inside = 0;
  for (let i = 0; i < anchors.length; i += 4) {
    if (anchors[i] >= 0 && anchors[i + 1] >= 0 && anchors[i + 2] <= size.width && anchors[i + 3] <= size.height) inside++;
  }
  return { boxes: anchors.slice(at, at + each) as Boxes, map, total: anchors.length / 4, inside };
};
