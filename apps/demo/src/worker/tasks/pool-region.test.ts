import { prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng } from '@rcnn/geometry';
import { roiAlign } from '@rcnn/roi-ops';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { samplePositions } from './pool-region.ts';

const [width, height, bins, samples] = [12, 9, 3, 2];
const rng = createRng(5);
const map = Float32Array.from({ length: width * height }, () => rng.uniform());

/** The map between its pixels, whose centres are at integers. */
function bilinear(x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number): number => map[row * width + column];
  const [across, down] = [x - left, y - top];
  return (1 - down) * ((1 - across) * at(left, top) + across * at(left + 1, top)) + down * ((1 - across) * at(left, top + 1) + across * at(left + 1, top + 1));
}

describe.each([true, false])('the samples that are drawn, aligned %s', (aligned) => {
  beforeAll(async () => {
    await prepareEngine();
  });

  it("are those whose means are RoIAlign's values", () => {
    const [x1, y1, x2, y2] = [5.3, 4.1, 39.7, 30.2];
    const options = { spatialScale: 0.25, bins, samples, aligned };
    const [xs, ys] = [samplePositions(x1, x2, options), samplePositions(y1, y2, options)];
    const expected = Array.from({ length: bins * bins }, (_, bin) => {
      const [row, column] = [Math.floor(bin / bins), bin % bins];
      let sum = 0;
      for (let j = 0; j < samples; j++) for (let i = 0; i < samples; i++) sum += bilinear(xs[column * samples + i], ys[row * samples + j]);
      return sum / samples ** 2;
    });
    const found = tf.tidy(() => roiAlign(tf.tensor4d(map, [1, height, width, 1]), asBoxes([x1, y1, x2, y2]), Int32Array.of(0), { outputSize: bins, spatialScale: 0.25, samplingRatio: samples, aligned }).dataSync());
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });
});
