import { asBoxes, createRng, type RgbImage } from '@rcnn/geometry';
import { warpRegions } from '@rcnn/roi-ops';
import { type BenchmarkCase, type Subject } from '../subject.ts';

/** R-CNN's crops beside OpenCV's resize. */
export const warp: Subject = {
  peer: 'warp.py',
  cases: () => Promise.resolve([warpCase(227, 16, 128), warpCase(83, 6, 512)]),
};

function warpCase(size: number, padding: number, count: number): BenchmarkCase {
  const rng = createRng(size);
  const image: RgbImage = { width: 500, height: 375, data: new Uint8Array(500 * 375 * 3).map(() => rng.integer(256)) };
  const boxes = asBoxes(
    Array.from({ length: count }, () => {
      const [x, y] = [rng.integer(400), rng.integer(300)];
      return [x, y, x + 20 + rng.integer(480 - x), y + 20 + rng.integer(355 - y)];
    }).flat(),
  );
  const mean = Float32Array.of(122.7717, 115.9465, 102.9801);
  const into = new Float32Array(count * size * size * 3);
  return {
    name: `${count} regions warped to ${size} × ${size}, ${padding} pixels of context`,
    engine: 'node',
    run: () => warpRegions(image, boxes, { size, padding, mean, into }),
    peer: {
      operation: 'warp',
      arrays: {
        image: { data: Float32Array.from(image.data), shape: [375, 500, 3] },
        boxes: { data: boxes, shape: [count, 4] },
        mean: { data: mean, shape: [3] },
      },
      options: { size, padding },
    },
    tolerance: 1, // a grey level: OpenCV rounds to bytes
  };
}
