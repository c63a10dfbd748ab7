/**
 * The indices, in the order of `order`, of boxes not met before and at least `minSize` wide and high; at most `max`. A hash
 * table of open addressing over typed arrays.
 */
export function distinctBoxes(boxes: Int32Array, order: Uint32Array, { minSize, max }: { minSize: number; max: number }): Uint32Array {
  const mask = 2 ** Math.ceil(Math.log2(2 * order.length + 2)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const kept = new Uint32Array(Math.min(order.length, max));
  let count = 0;
  for (let i = 0; i < order.length && count < kept.length; i++) {
    const at = 4 * order[i];
    const [x1, y1, x2, y2] = [boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]];
    if (x2 - x1 < minSize || y2 - y1 < minSize) continue;
    const mixed = Math.imul(Math.imul(Math.imul(x1, 31337) + y1, 31337) + x2, 31337) + y2;
    let slot = (Math.imul(mixed, 0x9e3779b1) >>> 5) & mask;
    for (; table[slot] >= 0; slot = (slot + 1) & mask) {
      const met = table[slot];
      if (boxes[met] === x1 && boxes[met + 1] === y1 && boxes[met + 2] === x2 && boxes[met + 3] === y2) break;
    }
    if (table[slot] >= 0) continue;
    table[slot] = at;
    kept[count++] = order[i];
  }
  return kept.subarray(0, count);
}
