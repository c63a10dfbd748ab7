import { asBoxDeltas, boxCount, emptyBoxes, type BoxDeltas, type Boxes } from './boxes.ts';

/** What the four targets are multiplied by: (1, 1, 1, 1) in an RPN, (10, 10, 5, 5) in a box head. */
export type CodingWeights = readonly [x: number, y: number, width: number, height: number];

/** Options of {@link encodeBoxes}. */
export interface EncodeOptions {
  readonly weights?: CodingWeights;
}

/** Options of {@link decodeBoxes}. */
export interface DecodeOptions {
  readonly weights?: CodingWeights;
  /** The greatest `tw` and `th`, after division by the weights. The default lets a side of 16 px grow to 1000 px. */
  readonly clamp?: number;
}

/**
 * The regression targets that move `references` onto `groundTruth`, box for box (R-CNN, appendix C):
 * `tx = wx (Gx - Px) / Pw`, `ty = wy (Gy - Py) / Ph`, `tw = ww log(Gw / Pw)`, `th = wh log(Gh / Ph)`, with centre (x, y).
 * @throws RangeError if the numbers of boxes differ, or a box has a side of length 0
 */
export function encodeBoxes(groundTruth: Boxes, references: Boxes, { weights = [1, 1, 1, 1] }: EncodeOptions = {}): BoxDeltas {
  if (groundTruth.length !== references.length) {
    throw new RangeError(
      `encodeBoxes: expected as many ground-truth boxes as references, got ${boxCount(groundTruth)} and ${boxCount(references)}`,
    );
  }
  const [weightX, weightY, weightWidth, weightHeight] = weights;
  const deltas = asBoxDeltas(new Float32Array(references.length));
  for (let i = 0; i < references.length; i += 4) {
    const width = references[i + 2] - references[i];
    const height = references[i + 3] - references[i + 1];
    const groundTruthWidth = groundTruth[i + 2] - groundTruth[i];
    const groundTruthHeight = groundTruth[i + 3] - groundTruth[i + 1];
    if (!(width > 0 && height > 0 && groundTruthWidth > 0 && groundTruthHeight > 0)) {
      const which = width > 0 && height > 0 ? 'ground-truth box' : 'reference';
      throw new RangeError(`encodeBoxes: expected sides above 0, got a ${which} without area at ${i / 4}`);
    }
    const twiceX = groundTruth[i] + groundTruth[i + 2] - references[i] - references[i + 2];
    const twiceY = groundTruth[i + 1] + groundTruth[i + 3] - references[i + 1] - references[i + 3];
    deltas[i] = (weightX * twiceX) / (2 * width);
    deltas[i + 1] = (weightY * twiceY) / (2 * height);
    deltas[i + 2] = weightWidth * Math.log(groundTruthWidth / width);
    deltas[i + 3] = weightHeight * Math.log(groundTruthHeight / height);
  }
  return deltas;
}

/**
 * The boxes that `deltas` make of `references`, box for box: the inverse of {@link encodeBoxes} (R-CNN, appendix C),
 * `x = Px + Pw tx / wx`, `w = Pw exp(min(tw / ww, clamp))`, and likewise y and h.
 * @throws RangeError if the numbers of deltas and references differ, or a box would not be finite
 */
export function decodeBoxes(
  deltas: BoxDeltas,
  references: Boxes,
  { weights = [1, 1, 1, 1], clamp = Math.log(1000 / 16) }: DecodeOptions = {},
): Boxes {
  if (deltas.length !== references.length) {
    throw new RangeError(
      `decodeBoxes: expected as many deltas as references, got ${boxCount(deltas)} and ${boxCount(references)}`,
    );
  }
  const [weightX, weightY, weightWidth, weightHeight] = weights;
  const boxes = emptyBoxes(boxCount(references));
  for (let i = 0; i < references.length; i += 4) {
    const width = references[i + 2] - references[i];
    const height = references[i + 3] - references[i + 1];
    const x = references[i] + (0.5 + deltas[i] / weightX) * width;
    const y = references[i + 1] + (0.5 + deltas[i + 1] / weightY) * height;
    const halfWidth = 0.5 * width * Math.exp(Math.min(deltas[i + 2] / weightWidth, clamp));
    const halfHeight = 0.5 * height * Math.exp(Math.min(deltas[i + 3] / weightHeight, clamp));
    boxes[i] = x - halfWidth;
    boxes[i + 1] = y - halfHeight;
    boxes[i + 2] = x + halfWidth;
    boxes[i + 3] = y + halfHeight;
    if (!(boxes[i + 2] - boxes[i] < Infinity && boxes[i + 3] - boxes[i + 1] < Infinity)) {
      throw new RangeError(`decodeBoxes: expected finite deltas, got [${deltas.slice(i, i + 4).join(', ')}] at ${i / 4}`);
    }
  }
  return boxes;
}
