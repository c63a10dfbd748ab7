import { checkMaskSize, type Rle } from './rle.ts';

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
  const changedWords = new Int32Array(height);
  const changes = [0, 1, 2, 3].map(() => new Int32Array(height + 1)); // rows at which each column's pixels change
  const [first, second, third, fourth] = changes;
  let counts = new Int32Array(1024);
  let [run, last, value] = [0, 0, 0];
  for (let column = 0; column < rowWords; column++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let above = 0;
    const changed = findChanges(words, column, rowWords, changedWords);
    for (let i = 0; i < changed; i++) {
      const y = changedWords[i];
      const here = bytesSet(words[y * rowWords + column]);
      const bits = here ^ above;
      // Written in any case, and counted if changed: noise would have a branch guess wrong every other time.
      first[a] = second[b] = third[c] = fourth[d] = y;
      a += bits & 1;
      b += (bits >> 8) & 1;
      c += (bits >> 16) & 1;
      d += bits >> 24;
      above = here;
    }
    if (run + a + b + c + d + 5 > counts.length) {
      counts = longer(counts, 2 * counts.length + a + b + c + d);
    }
    for (let part = 0; part < Math.min(4, width - 4 * column); part++) {
      const top = (4 * column + part) * height;
      const rows = changes[part];
      const count = part === 0 ? a : part === 1 ? b : part === 2 ? c : d;
      let i = 0;
      // The changes count from a zero above the column; the column before may have ended in ones.
      if (value === 1) {
        if (count > 0 && rows[0] === 0) {
          i++;
        } else {
          counts[run++] = top - last;
          last = top;
        }
      }
      for (; i < count; i++) {
        counts[run++] = top + rows[i] - last;
        last = top + rows[i];
      }
      value = count & 1;
    }
  }
  counts[run++] = height * width - last;
  return { height, width, counts: new Uint32Array(counts.buffer.slice(0, 4 * run)) };
}

/** The rows at which a column of words is other than in the row above, a row of zeros being above the first. */
function findChanges(words: Int32Array, column: number, rowWords: number, rows: Int32Array): number {
  let [count, above] = [0, 0];
  for (let y = 0, i = column; y < rows.length; y++, i += rowWords) {
    const word = words[i];
    if (word !== above) {
      rows[count++] = y;
      above = word;
    }
  }
  return count;
}

function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
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
