const digitBits = 11;
const digits = 1 << digitBits;
const passes = 3;

/**
 * Edges and their weights by ascending weight, equal weights as they came: a radix sort in three passes of 11 bits, for
 * floats that are not negative order as their bits. Keys travel with the edges, so every read is sequential. The arrays
 * handed in are used up.
 */
export function sortEdges(edges: Uint32Array, weights: Float32Array): { edges: Uint32Array; weights: Float32Array } {
  const count = edges.length;
  let [keys, ids] = [new Uint32Array(weights.buffer, weights.byteOffset, count), edges];
  const starts = countDigits(keys);
  let spare: [Uint32Array, Uint32Array] | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const table = starts.subarray(pass * digits, (pass + 1) * digits);
    if (table.includes(count)) continue; // all have the same digit
    let start = 0;
    for (let digit = 0; digit < digits; digit++) {
      const size = table[digit];
      table[digit] = start;
      start += size;
    }
    const [toKeys, toIds]: [Uint32Array, Uint32Array] = spare ?? [new Uint32Array(count), new Uint32Array(count)];
    distribute(keys, ids, toKeys, toIds, table, pass * digitBits);
    spare = [keys, ids];
    [keys, ids] = [toKeys, toIds];
  }
  return { edges: ids, weights: new Float32Array(keys.buffer, keys.byteOffset, count) };
}

/** How often each digit occurs, all passes in one. */
function countDigits(keys: Uint32Array): Uint32Array {
  const counts = new Uint32Array(passes * digits);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    counts[key & (digits - 1)]++;
    counts[digits + ((key >>> digitBits) & (digits - 1))]++;
    counts[2 * digits + (key >>> (2 * digitBits))]++;
  }
  return counts;
}

function distribute(keys: Uint32Array, ids: Uint32Array, toKeys: Uint32Array, toIds: Uint32Array, starts: Uint32Array, shift: number): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const at = starts[(key >>> shift) & (digits - 1)]++;
    toKeys[at] = key;
    toIds[at] = ids[i];
  }
}
