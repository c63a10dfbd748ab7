// What fast-check draws: boxes of every kind a detector may meet.
import fc from 'fast-check';

import { asBoxes, type Boxes } from '../boxes.ts';

const pixel = fc.integer({ min: 0, max: 12 });
const anywhere = fc.float({ min: -2000, max: 2000, noNaN: true });
const side = fc.float({ min: 0, max: 1500, noNaN: true });

const small = fc.tuple(pixel, pixel, pixel, pixel); // many equal, many without area
const free = fc.tuple(anywhere, anywhere, side, side);
const tiny = fc.tuple(anywhere, anywhere, fc.constantFrom(1e-30, 1e-6, 0.01), fc.constantFrom(1e-30, 1e-6, 0.01));

/** Up to `maxLength` boxes: small ones on a lattice, free ones, very small ones. */
export function anyBoxes(maxLength: number, minLength = 0): fc.Arbitrary<Boxes> {
  return fc
    .array(fc.oneof({ weight: 6, arbitrary: small }, { weight: 3, arbitrary: free }, { weight: 1, arbitrary: tiny }), {
      minLength,
      maxLength,
    })
    .map((boxes) => asBoxes(boxes.flatMap(([x, y, width, height]) => [x, y, x + width, y + height])));
}

/** Boxes with sides of 1 to 300 pixels. */
export function solidBoxes(length: number): fc.Arbitrary<Boxes> {
  const corner = fc.double({ min: -500, max: 500, noNaN: true });
  const solidSide = fc.double({ min: 1, max: 300, noNaN: true });
  return fc
    .array(fc.tuple(corner, corner, solidSide, solidSide), { minLength: length, maxLength: length })
    .map((boxes) => asBoxes(boxes.flatMap(([x, y, width, height]) => [x, y, x + width, y + height])));
}
