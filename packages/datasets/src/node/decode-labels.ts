import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import type { Size } from '@rcnn/geometry';

/** An image of numbers, row-major, one a pixel. */
export interface LabelImage extends Size {
  readonly labels: Uint8Array | Uint16Array | Uint32Array;
}

/**
 * A PNG as numbers: of a palette the indices, of grays the values as they are stored, of colours `red + 256·green +
 * 65536·blue`, as COCO's panoptic files count. Transparency is passed over.
 * @throws Error in one line, with the file's name, if it is missing, no PNG or damaged
 */
export async function decodeLabels(file: string): Promise<LabelImage> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  let png;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
    throw new Error(`${file}: ${isPng ? `damaged PNG (${reason})` : 'expected a PNG of numbers'}`);
  }
  const { width, height, channels, depth, data } = png;
  if (depth < 8) {
    return { width, height, labels: unpack(data, { width, height, depth }) };
  }
  if (channels === 1 && !(data instanceof Uint8ClampedArray)) {
    return { width, height, labels: data };
  }
  const labels = new Uint32Array(width * height);
  const colours = channels >= 3;
  for (let i = 0, at = 0; i < labels.length; i++, at += channels) {
    labels[i] = colours ? data[at] + 256 * data[at + 1] + 65536 * data[at + 2] : data[at];
  }
  return { width, height, labels };
}

/** Rows of 1, 2 or 4 bits a pixel, the first one highest, each row from a new byte. */
function unpack(data: ArrayLike<number>, { width, height, depth }: Size & { depth: number }): Uint8Array {
  const labels = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const bit = x * depth;
      labels[i] = (data[y * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  }
  return labels;
}
