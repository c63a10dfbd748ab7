import { asBoxes, rleFromMask } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { resizedMasks } from './resized-masks.ts';
import { imageOf } from './testing/image.ts';

const image = imageOf(10, 10, 1);
const rle = rleFromMask(new Uint8Array(100).fill(1), 10, 10);
const object = { boxes: asBoxes([0, 0, 10, 10]), labels: Int32Array.of(1), masks: [rle] };

describe('resizedMasks', () => {
  it('gives an image that is in a batch twice masks of both sizes', () => {
    const maskOf = resizedMasks([image, image], [object, object], [{ width: 20, height: 30 }, { width: 40, height: 40 }]);
    const sizes = [0, 1].map((each) => [maskOf(each, 0)?.width, maskOf(each, 0)?.height]);
    expect(sizes).toEqual([[20, 30], [40, 40]]);
  });

  it('resizes a mask once', () => {
    const maskOf = resizedMasks([image], [object], [{ width: 20, height: 20 }]);
    expect(maskOf(0, 0)).toBe(maskOf(0, 0));
  });

  it('refuses masks of another size than their image', () => {
    expect(() => resizedMasks([imageOf(10, 12, 1)], [object], [{ width: 20, height: 24 }])).toThrow('maskRcnn: expected masks of the size of image 0, 12 × 10, got one of 10 × 10');
  });
});
