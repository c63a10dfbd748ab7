import { checkMaskSize, checkSum, type Rle } from './rle.ts';
import { scratchBytes } from './scratch.ts';
import { createUnpacker, type Unpacker } from './unpack-counts.ts';

// Characters '0' (48) to 'o' (111): five bits of a number each, the lowest first; 32 says that more follow, 16 in the last
// one is the sign.
const zero = 48;
const digits = 31;
const more = 32;
const sign = 16;
const decoder = new TextDecoder();

let made: Unpacker | undefined; // when the first text comes
const unpacker = (): Unpacker => (made ??= createUnpacker());

/**
 * Run lengths from COCO's packed text: numbers in base 32, from the fourth on as the difference to the count before the last.
 * @throws RangeError if the text is malformed, or its counts do not add up to `height × width`
 */
export function rleFromString(counts: string, height: number, width: number): Rle {
  checkMaskSize('rleFromString', height, width);
  const room = unpacker();
  const length = room.unpack(counts, height * width, 0);
  return { height, width, counts: length < 0 ? unpackChecked('rleFromString', counts, height, width) : room.counts.slice(0, length) };
}

/**
 * {@link rleFromString} of many texts at once, as of the masks of one image: in half the time, for their counts are views of one
 * buffer, made at once. Who holds one of them holds all, and to transfer the buffer of one to a worker takes all along.
 * @throws RangeError as {@link rleFromString}
 */
export function rlesFromStrings(counts: readonly string[], height: number, width: number): Rle[] {
  checkMaskSize('rlesFromStrings', height, width);
  const room = unpacker();
  const rles: Rle[] = [];
  const lengths: number[] = []; // of the counts in the room, text by text
  let used = 0;
  const empty = (): void => {
    const { buffer } = room.counts.slice(0, used);
    let from = 0;
    for (const length of lengths) {
      rles.push({ height, width, counts: new Uint32Array(buffer, from, length) });
      from += 4 * length;
    }
    lengths.length = 0;
    used = 0;
  };
  for (const text of counts) {
    let length = room.unpack(text, height * width, used);
    if (length < 0) {
      empty(); // there may have been no room
      length = room.unpack(text, height * width, 0);
    }
    if (length < 0) {
      rles.push({ height, width, counts: unpackChecked('rlesFromStrings', text, height, width) });
    } else {
      used += length;
      lengths.push(length);
    }
  }
  empty();
  return rles;
}

/** Unpacks text character by character, and says what is wrong with it. */
function unpackChecked(caller: string, counts: string, height: number, width: number): Uint32Array<ArrayBuffer> {
  const runs = new Uint32Array(counts.length);
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
      throw new RangeError(`${caller}: expected packed counts, of characters from "0" to "o", got ${malformed(counts, i - 1, shift)}`);
    }
    if ((code & sign) !== 0 && shift < 32) {
      value |= -1 << shift;
    }
    if (run > 2) {
      value += runs[run - 2];
    }
    if (value < 0) {
      throw new RangeError(`${caller}: expected counts from 0 on, got ${value} as count ${run}`);
    }
    runs[run++] = value;
    sum += value;
  }
  checkSum(caller, sum, height, width);
  return runs.slice(0, run);
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
