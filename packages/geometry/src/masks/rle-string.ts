import { checkMaskSize, checkSum, type Rle } from './rle.ts';

// Characters '0' (48) to 'o' (111): five bits of a number each, the lowest first; 32 says that more follow, 16 in the last
// one is the sign.
const zero = 48;
const digits = 31;
const more = 32;
const sign = 16;
const decoder = new TextDecoder();

/**
 * Run lengths from COCO's packed text: numbers in base 32, from the fourth on as the difference to the count before the last.
 * @throws RangeError if the text is malformed, or its counts do not add up to `height × width`
 */
export function rleFromString(counts: string, height: number, width: number): Rle {
  checkMaskSize('rleFromString', height, width);
  const runs = new Uint32Array(counts.length);
  const { length } = counts;
  let [run, sum, i] = [0, 0, 0];
  let [last, beforeLast] = [0, 0]; // read from the array, they would cost a third of the time
  while (i < length) {
    let code = counts.charCodeAt(i++) - zero;
    let value = (code << 27) >> 27; // most numbers are one character, five bits and their sign
    if ((code & ~digits) !== 0) {
      value = code & digits;
      let shift = 5;
      while (code >= more && code <= more + digits && i < length && shift < 35) {
        code = counts.charCodeAt(i++) - zero;
        value |= (code & digits) << shift;
        shift += 5;
      }
      // What is neither five bits nor five bits and a sign of more, or a number that does not end.
      if ((code & ~digits) !== 0) {
        throw new RangeError(`rleFromString: expected packed counts, of characters from "0" to "o", got ${malformed(counts, i - 1, shift)}`);
      }
      if ((code & sign) !== 0 && shift < 32) {
        value |= -1 << shift;
      }
    }
    if (run > 2) {
      value += beforeLast;
    }
    if (value < 0) {
      throw new RangeError(`rleFromString: expected counts from 0 on, got ${value} as count ${run}`);
    }
    beforeLast = last;
    last = value;
    runs[run++] = value;
    sum += value;
  }
  checkSum('rleFromString', sum, height, width);
  return { height, width, counts: runs.slice(0, run) };
}

function malformed(counts: string, at: number, shift: number): string {
  const stray = Array.from(counts).findIndex((character) => !(character >= '0' && character <= 'o'));
  if (stray >= 0) {
    return `${JSON.stringify(Array.from(counts)[stray])} as character ${stray}`;
  }
  return shift < 35 ? 'a text that ends within a number' : `a number of more than 7 characters up to character ${at}`;
}

/** Run lengths as COCO's packed text, the same as its API writes. */
export function rleToString({ counts }: Rle): string {
  const codes = new Uint8Array(7 * counts.length);
  let length = 0;
  for (let i = 0; i < counts.length; i++) {
    // | 0: counts are below 2^31, and signed integers are what engines compute fastest with.
    let rest = i > 2 ? (counts[i] | 0) - (counts[i - 2] | 0) : counts[i] | 0;
    while (rest < -sign || rest >= sign) {
      codes[length++] = zero + (more | (rest & digits));
      rest >>= 5;
    }
    codes[length++] = zero + (rest & digits);
  }
  return decoder.decode(codes.subarray(0, length));
}
