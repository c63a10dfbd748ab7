import { checkMaskSize, checkSum, type Rle } from './rle.ts';

// Characters '0' (48) to 'o' (111): five bits of a number each, the lowest first; 32 says that more follow, 16 in the last
// one is the sign.
const [zero, digits, more, sign] = [48, 31, 32, 16];

/**
 * Run lengths from COCO's packed text: numbers in base 32, from the fourth on as the difference to the count before the last.
 * @throws RangeError if the text is malformed, or its counts do not add up to `height × width`
 */
export function rleFromString(counts: string, height: number, width: number): Rle {
  checkMaskSize('rleFromString', height, width);
  const runs = new Uint32Array(counts.length);
  let [run, value, shift, sum] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const code = counts.charCodeAt(i) - zero;
    if (!(code >= 0 && code < 64 && shift <= 30)) {
      const what = shift > 30 ? 'a number of more than 7' : `${JSON.stringify(counts.charAt(i))} among the`;
      throw new RangeError(`rleFromString: expected packed counts, of characters from "0" to "o", got ${what} characters at ${i}`);
    }
    value |= (code & digits) << shift;
    shift += 5;
    if ((code & more) === 0) {
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
      value = shift = 0;
    }
  }
  if (shift > 0) {
    throw new RangeError(`rleFromString: expected packed counts, got a text that ends within count ${run}`);
  }
  checkSum('rleFromString', sum, height, width);
  return { height, width, counts: runs.slice(0, run) };
}

/** Run lengths as COCO's packed text, the same as its API writes. */
export function rleToString({ counts }: Rle): string {
  const codes = new Uint8Array(7 * counts.length);
  let length = 0;
  for (let i = 0; i < counts.length; i++) {
    let rest = i > 2 ? counts[i] - counts[i - 2] : counts[i];
    for (;;) {
      const code = rest & digits;
      rest >>= 5;
      // Done where nothing is left but copies of the sign.
      if (rest === ((code & sign) === 0 ? 0 : -1)) {
        codes[length++] = zero + code;
        break;
      }
      codes[length++] = zero + (code | more);
    }
  }
  let text = '';
  for (let at = 0; at < length; at += 4096) {
    text += String.fromCharCode(...codes.subarray(at, Math.min(at + 4096, length)));
  }
  return text;
}
