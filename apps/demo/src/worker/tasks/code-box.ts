import { asBoxes, decodeBoxes, encodeBoxes, type BoxDeltas, type Boxes, type CodingWeights } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** What {@link codeBox} is told; a box is `[x1, y1, x2, y2]`. */
export interface CodeBoxInput {
  readonly anchor: readonly number[];
  readonly box: readonly number[];
  readonly weights: CodingWeights;
}

/** The targets of a box, and the box that they give back. */
export interface CodeBoxOutput {
  readonly deltas: BoxDeltas;
  readonly decoded: Boxes;
}

/** t_x, t_y, t_w, t_h from an anchor to a box, and the way back. */
export const codeBox: Task<CodeBoxInput, CodeBoxOutput> = ({ anchor, box, weights }) => {
  const reference = asBoxes(anchor);
  const deltas = encodeBoxes(asBoxes(box), reference, { weights });
  return { deltas, decoded: decodeBoxes(deltas, reference, { weights }) };
};
