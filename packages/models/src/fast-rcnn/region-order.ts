/** The order of regions that stay where they are. */
export function inOriginalOrder(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
