import type { Scratch } from '../scratch.ts';

const digitBits = 11;
const digits = 1 << digitBits;
const passes = 3;

/**
 * Sorts edges by ascending weight, equal weights as they came: a radix sort in three passes of 11 bits, for floats that are
 * not negative order as their bits. An edge is eight bytes, the number of the edge and its weight, and moves as one float64:
 * the weight, no NaN and no infinity, is in the half that would make it one. The array handed in goes back to the
 * scratch, or is the one that is returned.
 */
export function sortEdges(pairs: Float64Array, { take, free }: Scratch): Float64Array {
  const starts = countDigits(wordsOf(pairs));
  let sorted: Float64Array = pairs;
  let spare: Float64Array = take(Float64Array, pairs.length);
  for (let pass = 0; pass < passes; pass++) {
    const table = starts.subarray(pass * digits, (pass + 1) * digits);
    if (table.includes(pairs.length)) continue; // all have the same digit
    let start = 0;
    for (let digit = 0; digit < digits; digit++) {
      const size = table[digit];
      table[digit] = start;
      start += size;
    }
    distribute(sorted, wordsOf(sorted), spare, table, pass * digitBits);
    [sorted, spare] = [spare, sorted];
  }
  free(spare);
  return sorted;
}

function wordsOf(pairs: Float64Array): Uint32Array {
  return new Uint32Array(pairs.buffer, pairs.byteOffset, 2 * pairs.length);
}

/** How often each digit occurs, all passes in one. */
function countDigits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(passes * digits);
  for (let i = 1; i < words.length; i += 2) {
    const key = words[i];
    counts[key & (digits - 1)]++;
    counts[digits + ((key >>> digitBits) & (digits - 1))]++;
    counts[2 * digits + (key >>> (2 * digitBits))]++;
  }
  return counts;
}

function distribute(pairs: Float64Array, words: Uint32Array, target: Float64Array, starts: Uint32Array, shift: number): void {
  for (let i = 0; i < pairs.length; i++) {
    const digit = (words[2 * i + 1] >>> shift) & (digits - 1);
    const at = starts[digit];
    starts[digit] = at + 1;
    target[at] = pairs[i];
  }
}
