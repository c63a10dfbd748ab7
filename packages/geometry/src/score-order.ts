const digitBits = 11;
const digits = 1 << digitBits;

/**
 * The indices of `scores` from the highest to the lowest, equal scores by ascending index: a stable radix sort, three
 * passes of 11 bits over the scores' own bits, linear in their number.
 */
export function scoreOrder(scores: Float32Array): Uint32Array {
  const count = scores.length;
  const keys = descendingKeys(scores);
  let order = new Uint32Array(count);
  let sorted = new Uint32Array(count);
  const starts = new Uint32Array(digits);
  for (let i = 0; i < count; i++) {
    order[i] = i;
  }
  for (let shift = 0; shift < 32; shift += digitBits) {
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      starts[(keys[i] >>> shift) & (digits - 1)]++;
    }
    for (let digit = 0, start = 0; digit < digits; digit++) {
      const size = starts[digit];
      starts[digit] = start;
      start += size;
    }
    for (let i = 0; i < count; i++) {
      const index = order[i];
      sorted[starts[(keys[index] >>> shift) & (digits - 1)]++] = index;
    }
    [order, sorted] = [sorted, order];
  }
  return order;
}

/** Unsigned integers that ascend as the scores descend. */
function descendingKeys(scores: Float32Array): Uint32Array {
  const values = new Float32Array(scores);
  for (let i = 0; i < values.length; i++) {
    values[i] += 0; // -0 becomes 0: the two are equal scores with different bits
  }
  const keys = new Uint32Array(values.buffer);
  for (let i = 0; i < keys.length; i++) {
    // IEEE 754 orders positive floats as their bits and negative ones in reverse.
    keys[i] = keys[i] >>> 31 === 0 ? ~keys[i] & 0x7fffffff : keys[i];
  }
  return keys;
}
