declare const keypointsBrand: unique symbol;

/**
 * K keypoints of each of N objects as 3NK numbers, `[x, y, v]` each: image pixels, continuous, and COCO's visibility, 0 not labelled,
 * 1 labelled but hidden, 2 visible. Made by {@link asKeypoints}; a function that takes `Keypoints` does not check them again.
 */
export type Keypoints = Float32Array & { readonly [keypointsBrand]: true };

/**
 * Numbers as {@link Keypoints}; a `Float32Array` is not copied.
 * @param count K, how many keypoints an object has
 * @throws RangeError if the length is not a multiple of 3K, a position is not finite, or a visibility is none of 0, 1, 2
 */
export function asKeypoints(numbers: Float32Array | readonly number[], count: number): Keypoints {
  const array = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  if (!(Number.isInteger(count) && count > 0) || array.length % (3 * count) !== 0) {
    throw new RangeError(`asKeypoints: expected 3 numbers for each of ${count} keypoints an object, got ${array.length} numbers`);
  }
  for (let i = 0; i < array.length; i += 3) {
    const [x, y, v] = [array[i], array[i + 1], array[i + 2]];
    if (!(Number.isFinite(x) && Number.isFinite(y) && (v === 0 || v === 1 || v === 2))) {
      throw new RangeError(`asKeypoints: expected finite x and y and a visibility of 0, 1 or 2, got [${x}, ${y}, ${v}] as keypoint ${i / 3}`);
    }
  }
  return array as Keypoints;
}

/** Keypoints of a resized image: `x · sx`, `y · sy`. */
export function scaleKeypoints(keypoints: Keypoints, sx: number, sy: number): Keypoints {
  const scaled = Float32Array.from(keypoints);
  for (let i = 0; i < scaled.length; i += 3) {
    scaled[i] *= sx;
    scaled[i + 1] *= sy;
  }
  return scaled as Keypoints;
}

/**
 * Keypoints of an image mirrored left to right: `width − x`, and what was a left hand is a right one. Those that are not labelled stay as
 * they are, but change places too.
 * @param mirrored for each of an object's K keypoints the one that takes its place in the mirror (see {@link mirroredKeypoints})
 */
export function flipKeypoints(keypoints: Keypoints, width: number, mirrored: ArrayLike<number>): Keypoints {
  const flipped = new Float32Array(keypoints.length);
  const count = mirrored.length;
  for (let i = 0; 3 * i < flipped.length; i++) {
    const k = i % count;
    const from = 3 * (i - k + mirrored[k]);
    const v = keypoints[from + 2];
    flipped[3 * i] = v > 0 ? width - keypoints[from] : keypoints[from];
    flipped[3 * i + 1] = keypoints[from + 1];
    flipped[3 * i + 2] = v;
  }
  return flipped as Keypoints;
}

/**
 * Which keypoint takes the place of each in a mirror, by their names: `left_…` and `right_…` change places, others stay.
 * @throws RangeError if a `left_…` or `right_…` has no counterpart
 */
export function mirroredKeypoints(names: readonly string[]): Int32Array {
  return Int32Array.from(names, (name, k) => {
    const other = name.startsWith('left') ? `right${name.slice(4)}` : name.startsWith('right') ? `left${name.slice(5)}` : name;
    const at = other === name ? k : names.indexOf(other);
    if (at < 0) {
      throw new RangeError(`mirroredKeypoints: expected "${other}" beside "${name}", got ${names.join(', ')}`);
    }
    return at;
  });
}
