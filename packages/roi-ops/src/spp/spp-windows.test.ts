import { asBoxes, createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { sppGeometry, sppScales, sppWindows, zf5Geometry } from '../index.ts';

describe("SPPnet's geometry", () => {
  it('follows from the layers: strides, kernels and padding', () => {
    // VGG16 to conv5_3: pairs and triples of 3 × 3 convolutions, four poolings of 2.
    const conv = { kernel: 3, padding: 1 };
    const pool = { kernel: 2, stride: 2 };
    const vgg16 = [conv, conv, pool, conv, conv, pool, conv, conv, conv, pool, conv, conv, conv, pool, conv, conv, conv];
    expect(sppGeometry(vgg16)).toEqual({ step: 16, offset0: 8.5, offset: 8.5 });
    // Padded by half of every kernel, the centres are at multiples of the stride.
    expect(sppGeometry([{ kernel: 7, stride: 2, padding: 3 }, { kernel: 3, stride: 3, padding: 1 }, { kernel: 5, stride: 2, padding: 2 }])).toEqual({ step: 12, offset0: 1, offset: 6.5 });
  });
});

describe("SPPnet's windows", () => {
  const map = { width: 40, height: 30 };

  it("are those of its own code's formula", () => {
    const rng = createRng(1);
    for (let i = 0; i < 500; i++) {
      const [x1, y1] = [rng.integer(300), rng.integer(250)];
      const box = [x1, y1, x1 + 40 + rng.integer(180), y1 + 40 + rng.integer(150)];
      const window = sppWindows(asBoxes(box), map, { geometry: zf5Geometry, scale: 1.5 });
      // Cells and pixels counted from 1, both ends included.
      const pixel = [box[0] + 1, box[1] + 1, box[2], box[3]].map((value) => (value - 1) * 1.5 + 1);
      const cells = pixel.map((x, k) => (k < 2 ? Math.floor((x - 15 + 6.5) / 12 + 0.5) + 1 : Math.ceil((x - 15 - 6.5) / 12 - 0.5) + 1));
      const bounded = cells.map((cell, k) => Math.min(Math.max(cell, 1), k % 2 === 0 ? 40 : 30));
      expect([...window]).toEqual([bounded[0] - 1, bounded[1] - 1, bounded[2], bounded[3]]);
    }
  });

  it('hold the cells whose centres are within the region by the offset', () => {
    const geometry = { step: 16, offset0: 8.5, offset: 8.5 };
    // Cell i covers pixels 16 i … 16 i + 16: a region of whole cells has those.
    expect([...sppWindows(asBoxes([32, 16, 96, 64]), map, { geometry })]).toEqual([2, 1, 6, 4]);
  });

  it('hold one cell of a region that is too small, the one nearest to it, and lie within the map', () => {
    const geometry = { step: 16, offset0: 8.5, offset: 8.5 };
    expect([...sppWindows(asBoxes([35, 33, 37, 35, 0, 0, 3, 3, 700, 500, 720, 510, 600, 0, 700, 100]), map, { geometry })]).toEqual([
      2, 2, 3, 3, 0, 0, 1, 1, 39, 29, 40, 30, 38, 0, 40, 6,
    ]);
  });
});

describe("SPPnet's choice of scale", () => {
  it('is the one at which the region is nearest to 216 pixels long', () => {
    const image = { width: 500, height: 375 };
    // 216 · 375 / side: 480 for 168.75, 1200 for 67.5.
    const sides = [375, 168, 150, 140, 120, 100, 93, 70, 10];
    const regions = asBoxes(sides.flatMap((side) => [0, 0, side, side]));
    const nearest = sides.map((side) => {
      const distances = [480, 576, 688, 874, 1200].map((scale) => Math.abs(scale - (216 * 375) / side));
      return distances.indexOf(Math.min(...distances));
    });
    expect([...sppScales(regions, image)]).toEqual(nearest);
    expect(new Set(nearest).size).toBe(5);
    expect([...sppScales(regions, image, { scales: [600] })]).toEqual(sides.map(() => 0));
  });

  it('needs a scale', () => {
    expect(() => sppScales(asBoxes([0, 0, 1, 1]), { width: 9, height: 9 }, { scales: [] })).toThrow('sppScales: expected at least one scale, got none');
  });
});
