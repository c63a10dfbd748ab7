import { checkMaskSize, type Rle } from './rle.ts';
import { scratchNumbers } from './scratch.ts';

/**
 * Run lengths of a mask in row-major order; whatever is not 0 is a one.
 * @throws RangeError if the mask has not `height × width` pixels
 */
export function rleFromMask(mask: Uint8Array, height: number, width: number): Rle {
  checkMaskSize('rleFromMask', height, width);
  if (mask.length !== height * width) {
    throw new RangeError(`rleFromMask: expected ${height * width} pixels (${height} × ${width}), got ${mask.length}`);
  }
  // Four columns at a time, a word of the mask a row, for most words are those above them.
  const rowWords = (width + 3) >> 2;
  const words = wordsOf(mask, height, width);
  const changed = { rows: new Int32Array(height), words: new Int32Array(height) };
  const columns = [0, 1, 2, 3].map(() => new Int32Array(height + 1)); // rows at which each column's pixels change
  const counts = scratchNumbers(height * width + 1);
  let run = 0;
  let last = 0;
  let value = 0;
  for (let column = 0; column < rowWords; column++) {
    const lengths = splitChanges(changed, findChanges(words, column, rowWords, changed), columns);
    for (let part = 0; part < Math.min(4, width - 4 * column); part++) {
      const top = (4 * column + part) * height;
      const [rows, count] = [columns[part], lengths[part]];
      let first = 0;
      // The changes count from a zero above the column; the column before may have ended in ones.
      if (value === 1) {
        if (count > 0 && rows[0] === 0) {
          first = 1;
        } else {
          counts[run++] = top - last;
          last = top;
        }
      }
      last = writeRuns(counts, run, { rows, first, count, top, last });
      run += count - first;
      value = count & 1;
    }
  }
  counts[run++] = height * width - last;
  return { height, width, counts: counts.slice(0, run) };
}

/** Rows at which a column of words is other than in the row above, and the words there. */
interface Changes {
  readonly rows: Int32Array;
  readonly words: Int32Array;
}

/** Fills in the changes of a column of words, a row of zeros being above the first; returns how many. */
function findChanges(words: Int32Array, column: number, rowWords: number, changed: Changes): number {
  const { rows, words: found } = changed;
  let count = 0;
  let above = 0;
  for (let y = 0, i = column; y < rows.length; y++, i += rowWords) {
    const word = words[i];
    if (word !== above) {
      rows[count] = y;
      found[count++] = word;
      above = word;
    }
  }
  return count;
}

/** The changes of words as the changes in each of their four pixels; returns how many each has. */
function splitChanges({ rows, words }: Changes, changed: number, columns: readonly Int32Array[]): [number, number, number, number] {
  const [first, second, third, fourth] = columns;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let above = 0;
  for (let i = 0; i < changed; i++) {
    const y = rows[i];
    const here = bytesSet(words[i]);
    const bits = here ^ above;
    // Written in any case, and counted if changed: noise would have a branch guess wrong every other time.
    first[a] = y;
    second[b] = y;
    third[c] = y;
    fourth[d] = y;
    a += bits & 1;
    b += (bits >> 8) & 1;
    c += (bits >> 16) & 1;
    d += bits >> 24;
    above = here;
  }
  return [a, b, c, d];
}

interface ColumnChanges extends Record<'first' | 'count' | 'top' | 'last', number> {
  readonly rows: Int32Array;
}

/** Writes a column's runs between its changes; returns the position of the last. */
function writeRuns(counts: Uint32Array, run: number, { rows, first, count, top, last }: ColumnChanges): number {
  for (let i = first; i < count; i++) {
    const at = (top + rows[i]) | 0;
    counts[run++] = at - last;
    last = at;
  }
  return last;
}

/** 1 in each byte of a word that is not 0. */
function bytesSet(word: number): number {
  return ((((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) >>> 7) & 0x01010101;
}

/** The mask in words of four pixels, the first one lowest, rows padded to whole words. */
function wordsOf(mask: Uint8Array, height: number, width: number): Int32Array {
  if (width % 4 === 0 && mask.byteOffset % 4 === 0) {
    return new Int32Array(mask.buffer, mask.byteOffset, mask.length / 4);
  }
  const stride = (width + 3) & ~3;
  const padded = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    padded.set(mask.subarray(y * width, (y + 1) * width), y * stride);
  }
  return new Int32Array(padded.buffer);
}

/** The mask that run lengths stand for, row-major, 0 or 1. */
export function maskFromRle({ height, width, counts }: Rle): Uint8Array {
  const mask = new Uint8Array(height * width);
  let start = 0;
  for (let i = 1; i < counts.length; i += 2) {
    start += counts[i - 1];
    let left = counts[i];
    let x = Math.floor(start / height);
    let y = start - x * height;
    start += left;
    while (left > 0) {
      const pixels = Math.min(left, height - y);
      const first = y * width + x;
      for (let at = first; at < first + pixels * width; at += width) {
        mask[at] = 1;
      }
      left -= pixels;
      x++;
      y = 0;
    }
  }
  return mask;
}
