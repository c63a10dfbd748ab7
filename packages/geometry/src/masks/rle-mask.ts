import { checkMaskSize, type Rle } from './rle.ts';

/**
 * Run lengths of a mask in row-major order; whatever is not 0 is a one.
 * @throws RangeError if the mask has not `height × width` pixels
 */
export function rleFromMask(mask: Uint8Array, height: number, width: number): Rle {
  checkMaskSize('rleFromMask', height, width);
  if (mask.length !== height * width) {
    throw new RangeError(`rleFromMask: expected ${height * width} pixels (${height} × ${width}), got ${mask.length}`);
  }
  // Row by row, as the mask lies in memory: where does a pixel differ from the one above? Four at a time, for most do not.
  const rowWords = (width + 3) >> 2;
  const bytes = alignRows(mask, height, width);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, rowWords * height);
  const first = new Uint32Array(width + 1); // of each column's changes
  let changes = new Uint32Array(1024); // positions in the padded rows
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const above = i < rowWords ? 0 : words[i - rowWords];
    if (words[i] !== above) {
      if (count + 4 > changes.length) {
        const grown = new Uint32Array(2 * changes.length);
        grown.set(changes);
        changes = grown;
      }
      for (let byte = 4 * i; byte < 4 * i + 4; byte++) {
        const was = i < rowWords ? 0 : bytes[byte - 4 * rowWords];
        if ((bytes[byte] === 0) !== (was === 0)) {
          changes[count++] = byte;
        }
      }
    }
  }

  // Sorted by column; within a column they are in order already.
  const rows = new Uint32Array(count);
  const stride = 4 * rowWords;
  for (let i = 0; i < count; i++) {
    first[(changes[i] % stride) + 1]++;
  }
  for (let x = 0; x < width; x++) {
    first[x + 1] += first[x];
  }
  const next = first.slice();
  for (let i = 0; i < count; i++) {
    const y = Math.floor(changes[i] / stride);
    rows[next[changes[i] - y * stride]++] = y;
  }

  const counts = new Uint32Array(count + width + 1);
  let [run, last, value] = [0, 0, 0];
  for (let x = 0; x < width; x++) {
    let i = first[x];
    // Each column's changes count from a zero above it; the column before may have ended in ones.
    if (value === 1) {
      if (i < first[x + 1] && rows[i] === 0) {
        i++;
      } else {
        counts[run++] = x * height - last;
        last = x * height;
      }
    }
    for (; i < first[x + 1]; i++) {
      counts[run++] = x * height + rows[i] - last;
      last = x * height + rows[i];
    }
    value = (first[x + 1] - first[x]) & 1;
  }
  counts[run++] = height * width - last;
  return { height, width, counts: counts.slice(0, run) };
}

/** The mask with rows padded to multiples of 4 bytes, so that they can be compared as words; itself where they are. */
function alignRows(mask: Uint8Array, height: number, width: number): Uint8Array {
  if (width % 4 === 0 && mask.byteOffset % 4 === 0) {
    return mask;
  }
  const stride = (width + 3) & ~3;
  const padded = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    padded.set(mask.subarray(y * width, (y + 1) * width), y * stride);
  }
  return padded;
}

/** The mask that run lengths stand for, row-major, 0 or 1. */
export function maskFromRle({ height, width, counts }: Rle): Uint8Array {
  const mask = new Uint8Array(height * width);
  let start = 0;
  for (let i = 1; i < counts.length; i += 2) {
    start += counts[i - 1];
    let left = counts[i];
    let x = Math.floor(start / height);
    let y = start - x * height;
    start += left;
    while (left > 0) {
      const pixels = Math.min(left, height - y);
      const first = y * width + x;
      for (let at = first; at < first + pixels * width; at += width) {
        mask[at] = 1;
      }
      left -= pixels;
      x++;
      y = 0;
    }
  }
  return mask;
}
