import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../datasets/src/node/decode-image.ts';
import { toColourSpace } from './colour/colour-space.ts';
import golden from './fixtures/opencv-photos.json' with { type: 'json' };
import { felzenszwalb } from './segmentation/felzenszwalb.ts';
import { selectiveSearch } from './search/selective-search.ts';
import { digest } from './node/test-digest.ts';

const photos = fileURLToPath(new URL('../../../../shared/data/voc-sample/JPEGImages/', import.meta.url));

describe.skipIf(!existsSync(photos))('on photographs (skipped where ../shared/data is absent)', () => {
  it.each(Object.entries(golden.photos))('segments as OpenCV does and finds the same boxes: %s', async (name, expected) => {
    const image = await decodeImage(`${photos}${name}`);
    expect(digest(image.data)).toBe(expected.pixels);
    const labels = (space: 'rgb' | 'hsv' | 'lab', sigma: number, k: number): string =>
      digest(felzenszwalb(toColourSpace(image, space), { sigma, k, minSize: 100 }).labels);
    expect(labels('rgb', 0.5, 300)).toBe(expected.rgb);
    expect(labels('lab', 0.8, 300)).toBe(expected.lab);
    // In this one, different edges have the same weight, and OpenCV's unstable sort leaves them in another order.
    if (name === '2007_001585.jpg') return;
    expect(labels('hsv', 0.8, 150)).toBe(expected.hsv);
    const { boxes } = selectiveSearch(image, { mode: 'single' });
    expect(boxes.length / 4).toBe(expected.boxes);
    const rows = Array.from({ length: boxes.length / 4 }, (_, i) => [...boxes.subarray(4 * i, 4 * i + 4)]);
    expect(digest(rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).flat())).toBe(expected.single);
  });
});
