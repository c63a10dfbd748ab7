/** Rows of `width` numbers: row i of the result is row `order[i]`. */
export function inOrder(rows: Float32Array, order: Uint32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length);
  order.forEach((from, to) => result.set(rows.subarray(from * width, (from + 1) * width), to * width));
  return result;
}

/** The reverse of {@link inOrder}. */
export function outOfOrder(rows: Float32Array, order: Uint32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length);
  order.forEach((to, from) => result.set(rows.subarray(from * width, (from + 1) * width), to * width));
  return result;
}
