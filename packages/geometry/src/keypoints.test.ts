import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asKeypoints, flipKeypoints, mirroredKeypoints, scaleKeypoints } from './keypoints.ts';

const names = ['nose', 'left_eye', 'right_eye'];
const someKeypoints = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), fc.constantFrom(0, 1, 2)), { minLength: 3, maxLength: 12 })
  .map((rows) => asKeypoints(rows.slice(0, rows.length - (rows.length % 3)).flat(), 3));

describe('keypoints', () => {
  it('are numbers that say where and whether they are seen', () => {
    const numbers = Float32Array.of(1, 2, 2, 3, 4, 1, 0, 0, 0);
    expect(asKeypoints(numbers, 3)).toBe(numbers);
    expect(() => asKeypoints([1, 2, 2, 3], 1)).toThrow('asKeypoints: expected 3 numbers for each of 1 keypoints an object, got 4 numbers');
    expect(() => asKeypoints([1, 2, 3], 1)).toThrow('got [1, 2, 3] as keypoint 0');
    expect(() => asKeypoints([1, NaN, 2], 1)).toThrow('expected finite x and y');
    expect(() => asKeypoints([], 0)).toThrow('expected 3 numbers for each of 0 keypoints');
  });

  it('change places with their counterparts in a mirror', () => {
    expect([...mirroredKeypoints(names)]).toEqual([0, 2, 1]);
    const flipped = flipKeypoints(asKeypoints([10, 5, 2, 8, 4, 1, 0, 0, 0], 3), 100, mirroredKeypoints(names));
    expect([...flipped]).toEqual([90, 5, 2, 0, 0, 0, 92, 4, 1]);
    expect(() => mirroredKeypoints(['left_hand'])).toThrow('mirroredKeypoints: expected "right_hand" beside "left_hand", got left_hand');
  });

  it('are themselves again in the mirror of a mirror', () => {
    fc.assert(
      fc.property(someKeypoints, fc.integer({ min: 100, max: 200 }), (keypoints, width) => {
        const mirrored = mirroredKeypoints(names);
        expect([...flipKeypoints(flipKeypoints(keypoints, width, mirrored), width, mirrored)]).toEqual([...keypoints]);
      }),
    );
  });

  it('are stretched with their image, and leave the given ones as they are', () => {
    const keypoints = asKeypoints([10, 5, 2], 1);
    expect([...scaleKeypoints(keypoints, 2, 3)]).toEqual([20, 15, 2]);
    expect([...keypoints]).toEqual([10, 5, 2]);
  });
});
