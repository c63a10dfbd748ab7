import { asBoxes, type RgbImage } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { augmentedModel, parseAugmentation } from './augmented-model.ts';
import type { RunModel } from './run-model.ts';

const image: RgbImage = { width: 8, height: 4, data: new Uint8Array(96) };

describe('--augment', () => {
  it('is a list of sizes, or none', () => {
    expect([undefined, true as const, '200,240'].map(parseAugmentation)).toEqual([undefined, { sizes: [] }, { sizes: [200, 240] }]);
    expect(() => parseAugmentation('big')).toThrow("option '--augment': expected whole numbers of at least 16, such as 200,240,288, got big");
  });

  it('joins what every model finds in the image and in its mirror image, and disposes all of them', async () => {
    let disposed = 0;
    const finder = (x: number, score: number): RunModel => ({
      detect: () => Promise.resolve([{ boxes: asBoxes([x, 0, x + 2, 4]), labels: Int32Array.of(1), scores: Float32Array.of(score) }]),
      dispose: () => disposed++,
    });
    const model = augmentedModel([finder(0, 0.5), finder(6, 0.75)], { nmsThreshold: 0.5, limit: 100 });
    const [{ boxes, scores }] = await model.detect([image]);
    // Each is found at both ends of the image; the surer one stays.
    expect([...boxes]).toEqual([6, 0, 8, 4, 0, 0, 2, 4]);
    expect([...scores]).toEqual([0.75, 0.75]);
    model.dispose();
    expect(disposed).toBe(2);
  });
});
