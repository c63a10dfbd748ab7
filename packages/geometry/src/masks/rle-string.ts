import { checkMaskSize, checkSum, type Rle } from './rle.ts';

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
  const codes = encoder.encode(counts);
  let numbers = 0;
  for (let i = 0; i < codes.length; i++) {
    codes[i] -= zero;
    numbers += (codes[i] & more) === 0 ? 1 : 0;
  }
  const runs = new Uint32Array(numbers);
  let [run, value, shift, sum] = [0, 0, 0, 0];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code >= 64 || shift > 30) {
      const what = shift > 30 ? 'a number of more than 7' : `${JSON.stringify(counts.charAt(i))} among the`;
      throw new RangeError(`rleFromString: expected packed counts, of characters from "0" to "o", got ${what} characters at ${i}`);
    }
    value |= (code & digits) << shift;
    shift += 5;
    if (code < more) {
      if (code >= sign && shift < 32) {
        value |= -1 << shift;
      }
      if (run > 2) {
        value += runs[run - 2] | 0;
      }
      if (value < 0) {
        throw new RangeError(`rleFromString: expected counts from 0 on, got ${value} as count ${run}`);
      }
      runs[run++] = value;
      sum += value;
      value = 0;
      shift = 0;
    }
  }
  if (shift > 0) {
    throw new RangeError(`rleFromString: expected packed counts, got a text that ends within count ${run}`);
  }
  checkSum('rleFromString', sum, height, width);
  return { height, width, counts: runs };
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
