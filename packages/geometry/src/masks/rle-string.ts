import { checkMaskSize, checkSum, type Rle } from './rle.ts';
import { scratchBytes, scratchNumbers } from './scratch.ts';

// Characters '0' (48) to 'o' (111): five bits of a number each, the lowest first; 32 says that more follow, 16 in the last
// one is the sign.
const zero = 48;
const digits = 31;
const more = 32;
const sign = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Run lengths from COCO's packed text: numbers in base 32, from the fourth on as the difference to the count before the last.
 * @throws RangeError if the text is malformed, or its counts do not add up to `height × width`
 */
export function rleFromString(counts: string, height: number, width: number): Rle {
  checkMaskSize('rleFromString', height, width);
  const runs = scratchNumbers(counts.length);
  const run = unpackWords(counts, runs, height * width);
  return { height, width, counts: runs.slice(0, run >= 0 ? run : unpackChecked(counts, runs, height, width)) };
}

/** Unpacks text four characters at a time, for most numbers are one; returns how many numbers, or −1 where anything is odd. */
function unpackWords(text: string, runs: Uint32Array, total: number): number {
  const { length } = text;
  const { bytes, words } = scratchBytes(length + 3);
  const { read } = encoder.encodeInto(text, bytes);
  bytes[length] = bytes[length + 1] = bytes[length + 2] = 0xff; // so that the last word, if not full, is not taken for four numbers
  // `last` and `beforeLast` are kept, for they cost less than to read the array; `odd` turns negative with any number that does.
  let [run, sum, last, beforeLast, odd] = [0, 0, 0, 0, length - read];
  let [value, shift] = [0, 0]; // of a number that is not yet whole
  for (let i = 0; 4 * i < length; i++) {
    const word = words[i];
    const codes = (word - 0x30303030) | 0;
    // In a byte below 32 before the subtraction or after it, one of the upper three bits is set.
    if ((codes & 0xe0e0e0e0) === 0 && shift === 0 && run > 2) {
      const a = (beforeLast + ((codes << 27) >> 27)) | 0;
      const b = (last + ((codes << 19) >> 27)) | 0;
      const c = (a + ((codes << 11) >> 27)) | 0;
      const d = (b + ((codes << 3) >> 27)) | 0;
      runs[run] = a;
      runs[run + 1] = b;
      runs[run + 2] = c;
      runs[run + 3] = d;
      run += 4;
      [beforeLast, last] = [c, d];
      const two = (a + b) | 0;
      const four = (c + d) | 0;
      sum = (sum + two) | 0;
      odd |= a | b | c | d | two | four | sum;
      sum = (sum + four) | 0;
      odd |= sum;
      continue;
    }
    const end = Math.min(32, 8 * (length - 4 * i));
    for (let at = 0; at < end; at += 8) {
      const code = ((word >>> at) & 0xff) - zero;
      odd |= code | (63 - code) | (25 - shift);
      if ((code & more) !== 0) {
        value |= (code & digits) << shift;
        shift += 5;
      } else {
        value |= ((code << 27) >> 27) << shift;
        const count = run > 2 ? (beforeLast + value) | 0 : value;
        [beforeLast, last] = [last, count];
        runs[run++] = count;
        sum = (sum + count) | 0;
        odd |= count | sum;
        [value, shift] = [0, 0];
      }
    }
  }
  return odd < 0 || shift > 0 || sum !== total ? -1 : run;
}

/** Unpacks text character by character, and says what is wrong with it. */
function unpackChecked(counts: string, runs: Uint32Array, height: number, width: number): number {
  let [run, sum, i] = [0, 0, 0];
  while (i < counts.length) {
    let [value, shift, code] = [0, 0, more];
    while (code >= more && code <= more + digits && i < counts.length && shift < 35) {
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
    if (run > 2) {
      value += runs[run - 2];
    }
    if (value < 0) {
      throw new RangeError(`rleFromString: expected counts from 0 on, got ${value} as count ${run}`);
    }
    runs[run++] = value;
    sum += value;
  }
  checkSum('rleFromString', sum, height, width);
  return run;
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
  const { bytes: codes } = scratchBytes(7 * counts.length);
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
