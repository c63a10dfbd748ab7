const digitBits = 11;
const digits = 1 << digitBits;

/**
 * The indices of `scores` from the highest to the lowest, equal scores by ascending index: a stable radix sort over the
 * 64 bits of the numbers, where a comparison sort of indices would take most of an evaluation's time.
 */
export function scoreOrder(scores: Float64Array): Int32Array {
  const count = scores.length;
  let order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  if (count < digits / 8) return order.sort((a, b) => scores[b] - scores[a] || a - b);
  let sorted = new Int32Array(count);
  const { low, high } = descendingKeys(scores);
  const starts = new Int32Array(digits);
  const digit = new Uint16Array(count);
  for (const [word, shift] of [[low, 0], [low, 11], [low, 22], [high, 0], [high, 11], [high, 22]] as const) {
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      digit[i] = (word[i] >>> shift) & (digits - 1);
      starts[digit[i]]++;
    }
    if (starts[digit[0]] === count) continue; // all alike, as the low bits of single-precision scores are
    for (let d = 0, start = 0; d < digits; d++) {
      const size = starts[d];
      starts[d] = start;
      start += size;
    }
    for (let i = 0; i < count; i++) sorted[starts[digit[order[i]]]++] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}

/** The halves of unsigned 64-bit integers that ascend as the scores descend. */
function descendingKeys(scores: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const values = new Float64Array(scores);
  for (let i = 0; i < values.length; i++) values[i] += 0; // −0 becomes 0: equal scores, different bits
  const words = new Uint32Array(values.buffer);
  const low = new Uint32Array(scores.length);
  const high = new Uint32Array(scores.length);
  const [first, second] = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? [0, 1] : [1, 0];
  for (let i = 0; i < scores.length; i++) {
    // IEEE 754 orders positive numbers as their bits and negative ones in reverse.
    const negative = words[2 * i + second] >>> 31 === 1;
    low[i] = negative ? words[2 * i + first] : ~words[2 * i + first];
    high[i] = negative ? words[2 * i + second] : ~words[2 * i + second] & 0x7fffffff;
  }
  return { low, high };
}
