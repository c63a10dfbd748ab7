import { expect } from 'vitest';

/** float32 from base64, as the golden scripts write it. */
export function floats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}

/** Expects every value within `tolerance` of the expected one, relative where that is above 1, and names the first that is not. */
export function expectNear(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(values.length).toBe(expected.length);
  const off = Array.from(values).findIndex((value, i) => !(Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i]))));
  if (off >= 0) expect({ at: off, value: values[off] }).toEqual({ at: off, value: expected[off] });
}
