import { describe, expect, it } from 'vitest';
import golden from '../fixtures/opencv.json' with { type: 'json' };
import { colourSpaces, toColourSpace, type ColourSpace } from './colour-space.ts';

const count = Math.ceil((1 << 24) / 16411);
const data = new Uint8Array(3 * count);
for (let i = 0; i < count; i++) {
  const colour = 16411 * i;
  data.set([(colour >> 16) & 255, (colour >> 8) & 255, colour & 255], 3 * i);
}
const colours = { width: count, height: 1, data };

describe('toColourSpace', () => {
  it.each(Object.entries(golden.colours))('%s is OpenCV\'s, byte for byte', (space, packed) => {
    const { planes } = toColourSpace(colours, space as ColourSpace);
    const expected = Buffer.from(packed, 'base64');
    const interleaved = Buffer.from(Array.from({ length: count }, (_, i) => planes.map((plane) => plane[i])).flat());
    expect(interleaved.equals(expected)).toBe(true);
  });

  it('makes every space there is, of gray, RGB and RGBA images, transparency on white', () => {
    for (const space of colourSpaces) {
      const rgb = toColourSpace({ width: 2, height: 1, data: Uint8Array.of(10, 10, 10, 255, 255, 255) }, space);
      expect(toColourSpace({ width: 2, height: 1, data: Uint8Array.of(10, 255) }, space)).toEqual(rgb);
      expect(toColourSpace({ width: 2, height: 1, data: Uint8ClampedArray.of(10, 10, 10, 255, 90, 90, 90, 0) }, space)).toEqual(rgb);
    }
  });

  it('takes r and g of the sum, of black a third', () => {
    const { planes } = toColourSpace({ width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 50, 100, 50) }, 'normalized-rg-gray');
    expect(planes.map((plane) => [...plane])).toEqual([[85, 64], [85, 128], [0, 79]]);
  });

  it('refuses bytes that do not fit the size, and a space there is not', () => {
    expect(() => toColourSpace({ width: 2, height: 2, data: new Uint8Array(8) }, 'lab')).toThrow('expected 1, 3 or 4 bytes for each of 2 × 2 pixels, got 8 bytes');
    expect(() => toColourSpace({ width: 0, height: 2, data: new Uint8Array(0) }, 'lab')).toThrow('at least 1, got 0 × 2');
    expect(() => toColourSpace({ width: 1, height: 1, data: new Uint8Array(3) }, 'luv' as ColourSpace)).toThrow(/expected a colour space \(rgb, .*\), got luv/);
  });
});
