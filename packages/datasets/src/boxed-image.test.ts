import { asBoxes, asKeypoints, createRng, rleFromMask } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { flipBoxedImage, resizeBoxedImage } from './boxed-image.ts';
import { generateShapes } from './shapes/generate-shapes.ts';

describe('flipBoxedImage', () => {
  it('mirrors pixels and boxes, and gives both back when done twice', () => {
    const image = { width: 3, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) };
    const flipped = flipBoxedImage({ image, boxes: asBoxes([0, 0, 1, 1]) });
    expect([...flipped.image.data]).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3]);
    expect([...flipped.boxes]).toEqual([2, 0, 3, 1]);
    const sample = generateShapes(createRng(3));
    const twice = flipBoxedImage(flipBoxedImage(sample));
    expect(twice.image).toEqual(sample.image);
    expect(twice.boxes).toEqual(sample.boxes);
    expect(twice.masks).toEqual(sample.masks);
  });
});

describe('keypoints of a boxed image', () => {
  const image = { width: 4, height: 2, data: new Uint8Array(24) };
  const boxed = { image, boxes: asBoxes([0, 0, 4, 2]), keypoints: asKeypoints([1, 0.5, 2, 3.5, 1, 1, 0, 0, 0], 3) };

  it('are scaled with the image, and change sides in its mirror', () => {
    expect([...(resizeBoxedImage(boxed, { width: 8, height: 6 }).keypoints ?? [])]).toEqual([2, 1.5, 2, 7, 3, 1, 0, 0, 0]);
    const flipped = flipBoxedImage(boxed, { mirrored: [1, 0, 2] });
    expect([...(flipped.keypoints ?? [])]).toEqual([0.5, 1, 1, 3, 0.5, 2, 0, 0, 0]);
    expect(flipBoxedImage(flipped, { mirrored: [1, 0, 2] }).keypoints).toEqual(boxed.keypoints);
  });

  it('are not mirrored by one who does not know which are left and right', () => {
    expect(() => flipBoxedImage(boxed)).toThrow('flipBoxedImage: expected which keypoints change places in the mirror, got none');
  });
});

describe('resizeBoxedImage', () => {
  it('scales each axis of the boxes as that of the image', () => {
    const image = { width: 4, height: 2, data: new Uint8Array(24) };
    const { image: resized, boxes } = resizeBoxedImage({ image, boxes: asBoxes([1, 0, 4, 2]) }, { width: 8, height: 6 });
    expect(resized).toMatchObject({ width: 8, height: 6 });
    expect([...boxes]).toEqual([2, 0, 8, 6]);
  });

  it('takes masks along, and leaves out those that are not there', () => {
    const image = { width: 2, height: 2, data: new Uint8Array(12) };
    const mask = rleFromMask(Uint8Array.of(0, 1, 0, 0), 2, 2);
    const boxed = { image, boxes: asBoxes([1, 0, 2, 1, 0, 0, 2, 2]), masks: [mask, undefined] };
    expect(resizeBoxedImage(boxed, { width: 4, height: 2 }).masks).toEqual([rleFromMask(Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0), 2, 4), undefined]);
    expect(flipBoxedImage(boxed).masks).toEqual([rleFromMask(Uint8Array.of(1, 0, 0, 0), 2, 2), undefined]);
    expect(flipBoxedImage({ image, boxes: boxed.boxes })).not.toHaveProperty('masks');
  });
});
