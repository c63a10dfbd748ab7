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
// Texts as bytes. It never grows, for an array that an engine knows to be always the same is read a seventh faster; longer texts are rare.
const bytes = new Uint8Array(2 ** 20);

/**
 * Run lengths from COCO's packed text: numbers in base 32, from the fourth on as the difference to the count before the last.
 * @throws RangeError if the text is malformed, or its counts do not add up to `height × width`
 */
export function rleFromString(counts: string, height: number, width: number): Rle {
  checkMaskSize('rleFromString', height, width);
  const runs = scratchNumbers(counts.length);
  return { height, width, counts: runs.slice(0, unpack('rleFromString', counts, runs, 0, height, width)) };
}

/**
 * {@link rleFromString} of many texts at once, as of the masks of one image: in half the time, for their counts are views of one
 * buffer, made at once. Who holds one of them holds all, and to transfer the buffer of one to a worker takes all along.
 * @throws RangeError as {@link rleFromString}
 */
export function rlesFromStrings(counts: readonly string[], height: number, width: number): Rle[] {
  checkMaskSize('rlesFromStrings', height, width);
  const runs = scratchNumbers(counts.reduce((sum, { length }) => sum + length, 0));
  const ends = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) {
    ends[i + 1] = ends[i] + unpack('rlesFromStrings', counts[i], runs, ends[i], height, width);
  }
  const { buffer } = runs.slice(0, ends[counts.length]);
  return counts.map((_, i) => ({ height, width, counts: new Uint32Array(buffer, 4 * ends[i], ends[i + 1] - ends[i]) }));
}

/** Unpacks text into numbers from `start` on; returns how many. */
function unpack(caller: string, text: string, runs: Uint32Array, start: number, height: number, width: number): number {
  const count = text.length + 3 <= bytes.length ? unpackUnchecked(text, runs, start, height * width) : -1;
  return count >= 0 ? count : unpackChecked(caller, text, runs, start, height, width);
}

/** As {@link unpackChecked}, but −1 where anything is odd. Most numbers but the first are one character, most others two or three. */
function unpackUnchecked(text: string, runs: Uint32Array, start: number, total: number): number {
  const { length } = text;
  const { read } = encoder.encodeInto(text, bytes);
  bytes[length] = bytes[length + 1] = bytes[length + 2] = zero; // so that a number cut short ends, beyond the text
  let i = 0;
  const first = longNumber(0);
  while (bytes[i++] >= zero + more);
  runs[start] = first;
  let run = start + 1;
  // The last two counts are kept, for that costs less than to read the array; zeros at first, for the second and third number are no
  // differences either.
  let beforeLast = 0;
  let last = 0;
  let sum = first;
  let odd = first | (length - read) | (length - 1); // negative once anything is
  while (i < length) {
    const code = bytes[i++] - zero;
    let value = (code << 27) >> 27;
    if ((code & ~digits) !== 0) {
      const second = bytes[i++] - zero;
      odd |= code | (more + digits - code);
      value = (code & digits) | ((second << 27) >> 22);
      if ((second & ~digits) !== 0) {
        const third = bytes[i++] - zero;
        odd |= second | (more + digits - second);
        value = (code & digits) | ((second & digits) << 5) | ((third << 27) >> 17);
        if ((third & ~digits) !== 0) {
          value = longNumber(i - 3);
          while (bytes[i++] >= zero + more);
        }
      }
    }
    const count = (beforeLast + value) | 0;
    beforeLast = last;
    last = count;
    runs[run++] = count;
    sum = (sum + count) | 0;
    odd |= count | sum;
  }
  return odd < 0 || i > length || sum !== total ? -1 : run - start;
}

/** The number that begins there; −2³¹ if it is malformed, which turns any count negative. */
function longNumber(at: number): number {
  let value = 0; // three statements, for a list of names is taken apart by an iterator, which is slow
  let shift = 0;
  let code = more;
  while (code >= more) {
    code = bytes[at++] - zero;
    if (code < 0 || code > more + digits || shift > 25) {
      return -(2 ** 31);
    }
    value |= (code & digits) << shift;
    shift += 5;
  }
  return (value << (32 - shift)) >> (32 - shift);
}

/** Unpacks text character by character, and says what is wrong with it. */
function unpackChecked(caller: string, counts: string, runs: Uint32Array, start: number, height: number, width: number): number {
  let [run, sum, i] = [start, 0, 0];
  while (i < counts.length) {
    let [value, shift, code] = [0, 0, more];
    while (code >= more && code <= more + digits && i < counts.length && shift < 35) {
      code = counts.charCodeAt(i++) - zero;
      value |= (code & digits) << shift;
      shift += 5;
    }
    // What is neither five bits nor five bits and a sign of more, or a number that does not end.
    if ((code & ~digits) !== 0) {
      throw new RangeError(`${caller}: expected packed counts, of characters from "0" to "o", got ${malformed(counts, i - 1, shift)}`);
    }
    if ((code & sign) !== 0 && shift < 32) {
      value |= -1 << shift;
    }
    if (run > start + 2) {
      value += runs[run - 2];
    }
    if (value < 0) {
      throw new RangeError(`${caller}: expected counts from 0 on, got ${value} as count ${run - start}`);
    }
    runs[run++] = value;
    sum += value;
  }
  checkSum(caller, sum, height, width);
  return run - start;
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
  const codes = scratchBytes(7 * counts.length);
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
