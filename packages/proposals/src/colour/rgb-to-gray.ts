import type { ByteStack } from '../channel-stack.ts';

/** Luma Y = .299 R + .587 G + .114 B, in fixed point with 15 bits as OpenCV computes it. */
export function rgbToGray({ planes: [red, green, blue] }: ByteStack): Uint8Array {
  const gray = new Uint8Array(red.length);
  for (let i = 0; i < gray.length; i++) {
    gray[i] = (9798 * red[i] + 19235 * green[i] + 3735 * blue[i] + 16384) >> 15;
  }
  return gray;
}
