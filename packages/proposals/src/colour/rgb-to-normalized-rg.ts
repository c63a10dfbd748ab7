import type { ByteStack } from '../channel-stack.ts';

/** Planes of r = R / (R + G + B) and g = G / (R + G + B), in bytes; black is a third of each. */
export function rgbToNormalizedRg({ planes: [red, green, blue] }: ByteStack): Uint8Array[] {
  const [r, g] = [new Uint8Array(red.length), new Uint8Array(red.length)];
  for (let i = 0; i < r.length; i++) {
    const sum = red[i] + green[i] + blue[i];
    r[i] = sum === 0 ? 85 : (255 * red[i]) / sum + 0.5;
    g[i] = sum === 0 ? 85 : (255 * green[i]) / sum + 0.5;
  }
  return [r, g];
}
