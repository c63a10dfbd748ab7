declare const boxesBrand: unique symbol;
declare const deltasBrand: unique symbol;

/**
 * N boxes as 4N numbers, `[x1, y1, x2, y2]` each: image pixels, continuous, no `+1`; `x1 ≤ x2`, `y1 ≤ y2`.
 * Made by {@link asBoxes}; a function that takes `Boxes` does not check them again.
 */
export type Boxes = Float32Array & { readonly [boxesBrand]: true };

/** N regression targets as 4N numbers, `[tx, ty, tw, th]` each: the same bytes as {@link Boxes}, another meaning. */
export type BoxDeltas = Float32Array & { readonly [deltasBrand]: true };

/**
 * Numbers as {@link Boxes}; a `Float32Array` is not copied.
 * @throws RangeError if the length is not a multiple of 4, a number is not finite, or a box has x2 < x1 or y2 < y1
 */
export function asBoxes(numbers: Float32Array | readonly number[]): Boxes {
  const array = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  if (array.length % 4 !== 0) {
    throw new RangeError(`asBoxes: expected 4 numbers a box, got ${array.length} numbers`);
  }
  for (let i = 0; i < array.length; i += 4) {
    const x1 = array[i];
    const y1 = array[i + 1];
    const x2 = array[i + 2];
    const y2 = array[i + 3];
    if (!(x2 - x1 >= 0 && y2 - y1 >= 0 && x2 - x1 < Infinity && y2 - y1 < Infinity)) {
      throw new RangeError(`asBoxes: expected x1 <= x2 and y1 <= y2, got [${x1}, ${y1}, ${x2}, ${y2}] at box ${i / 4}`);
    }
  }
  return array as Boxes;
}

/**
 * Numbers as {@link BoxDeltas}; a `Float32Array` is not copied.
 * @throws RangeError if the length is not a multiple of 4
 */
export function asBoxDeltas(numbers: Float32Array | readonly number[]): BoxDeltas {
  if (numbers.length % 4 !== 0) {
    throw new RangeError(`asBoxDeltas: expected 4 numbers a box, got ${numbers.length} numbers`);
  }
  return (numbers instanceof Float32Array ? numbers : Float32Array.from(numbers)) as BoxDeltas;
}

/** `count` boxes of zeros, to be filled. */
export function emptyBoxes(count: number): Boxes {
  return new Float32Array(4 * count) as Boxes;
}

/** How many boxes there are. */
export function boxCount(boxes: Boxes | BoxDeltas): number {
  return boxes.length / 4;
}

/**
 * The boxes at `indices`, in that order, as a new array.
 * @throws RangeError if an index is not that of a box
 */
export function takeBoxes(boxes: Boxes, indices: ArrayLike<number>): Boxes {
  const taken = emptyBoxes(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const from = 4 * indices[i];
    if (!(from >= 0 && from < boxes.length && from % 4 === 0)) {
      throw new RangeError(`takeBoxes: expected an index of the ${boxCount(boxes)} boxes, got ${indices[i]}`);
    }
    taken[4 * i] = boxes[from];
    taken[4 * i + 1] = boxes[from + 1];
    taken[4 * i + 2] = boxes[from + 2];
    taken[4 * i + 3] = boxes[from + 3];
  }
  return taken;
}

/** All boxes of several arrays, one after another. */
export function concatBoxes(parts: readonly Boxes[]): Boxes {
  const all = emptyBoxes(parts.reduce((sum, part) => sum + boxCount(part), 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
