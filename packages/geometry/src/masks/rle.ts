/**
 * A binary mask as run lengths, COCO's form: pixels counted column by column from the top left, `counts` in turn of zeros and
 * ones, zeros first (0 where the first pixel is a one). The counts add up to `height × width`. Functions that make one check
 * that; functions that take one rely on it.
 */
export interface Rle {
  readonly height: number;
  readonly width: number;
  readonly counts: Uint32Array;
}

/**
 * Run lengths from plain numbers, COCO's "uncompressed RLE".
 * @throws RangeError if a count is not a whole number from 0 on, they do not add up to `height × width`, or the size is none
 */
export function rleFromCounts(counts: ArrayLike<number>, height: number, width: number): Rle {
  checkMaskSize('rleFromCounts', height, width);
  const runs = new Uint32Array(counts.length);
  let sum = 0;
  for (let i = 0; i < runs.length; i++) {
    const count = counts[i];
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new RangeError(`rleFromCounts: expected whole numbers from 0 on, got ${count} as count ${i}`);
    }
    runs[i] = count;
    sum += count;
  }
  checkSum('rleFromCounts', sum, height, width);
  return { height, width, counts: runs };
}

/** Refuses sides that are not whole or not above zero, and masks of 2³¹ pixels or more, which positions could not tell apart. */
export function checkMaskSize(caller: string, height: number, width: number): void {
  if (!(Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0 && height * width < 2 ** 31)) {
    throw new RangeError(`${caller}: expected height and width as whole numbers above 0, fewer than 2^31 pixels, got ${height} and ${width}`);
  }
}

/** Refuses counts that add up to something else than the mask. */
export function checkSum(caller: string, sum: number, height: number, width: number): void {
  if (sum !== height * width) {
    throw new RangeError(`${caller}: expected counts that add up to ${height * width} (${height} × ${width} pixels), got ${sum}`);
  }
}
