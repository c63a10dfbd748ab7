// Room for results whose length shows only when they are done, kept from call to call: to make it anew for every mask costs
// more than to fill it, since the system hands out memory a page at a time, at its first touch.
const kept = 2 ** 20; // numbers; what is larger is not held on to
const numbers = [new Uint32Array(4096), new Uint32Array(0)];
let bytes = new Uint8Array(4096);

/** As many numbers or more, of any values, good until the next call for the same room. Their beginning is cut out by `slice`. */
export function scratchNumbers(length: number, room: 0 | 1 = 0): Uint32Array<ArrayBuffer> {
  if (length > kept) {
    return new Uint32Array(length);
  }
  if (length > numbers[room].length) {
    numbers[room] = new Uint32Array(Math.min(kept, 2 * length));
  }
  return numbers[room];
}

/** As many bytes or more, of any values, good until the next call. */
export function scratchBytes(length: number): Uint8Array<ArrayBuffer> {
  if (length > 4 * kept) {
    return new Uint8Array(length);
  }
  if (length > bytes.length) {
    bytes = new Uint8Array(Math.min(4 * kept, 2 * length));
  }
  return bytes;
}
