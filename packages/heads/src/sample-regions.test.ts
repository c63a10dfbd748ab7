import { asBoxes, boxCount, boxIou, createRng, decodeBoxes, emptyBoxes, takeBoxes, type BoxDeltas } from '@rcnn/geometry';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRegions } from './index.ts';
import { boxesOf } from './testing/boxes.ts';

const weights = [10, 10, 5, 5] as const;

describe('sampled regions', () => {
  it('are objects first, then background, as many and in such shares as asked for, with their classes and deltas', () => {
    const cases = fc.record({ seed: fc.nat(1000), objects: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 1, max: 60 }), positiveFraction: fc.constantFrom(0, 0.25, 0.5, 1) });
    fc.assert(fc.property(cases, ({ seed, objects, count, positiveFraction }) => {
      const proposals = boxesOf(80, seed, 60, 60, [10, 50]);
      const truth = { boxes: boxesOf(objects, seed + 1, 60, 60, [10, 50]), labels: Int32Array.from({ length: objects }, (_, i) => 1 + (i % 3)) };
      const sample = sampleRegions(proposals, truth, createRng(seed), { count, positiveFraction });
      const size = boxCount(sample.boxes);
      expect([sample.labels.length, sample.deltas.length]).toEqual([size, 4 * size]);
      expect(size).toBeLessThanOrEqual(count);
      const positives = sample.labels.filter((label) => label > 0).length;
      expect(positives).toBeLessThanOrEqual(Math.floor(count * positiveFraction));
      expect(sample.labels.subarray(positives).every((label) => label === 0)).toBe(true);
      expect(sample.deltas.subarray(4 * positives).every((delta) => delta === 0)).toBe(true);
      const ious = boxIou(sample.boxes, truth.boxes);
      sample.labels.forEach((label, i) => {
        const row = ious.subarray(i * objects, (i + 1) * objects);
        const best = row.indexOf(Math.max(...row));
        expect(label).toBe(row[best] >= 0.5 ? truth.labels[best] : 0);
        if (label === 0) return;
        // Decoding what is to be learnt gives the object back.
        const back = decodeBoxes(sample.deltas.slice(4 * i, 4 * i + 4) as BoxDeltas, takeBoxes(sample.boxes, [i]), { weights });
        back.forEach((value, k) => expect(value).toBeCloseTo(truth.boxes[4 * best + k], 3));
      });
    }), { numRuns: 100, seed: 3 });
  });

  it('have the ground truth among the candidates', () => {
    const truth = { boxes: asBoxes([5, 5, 30, 40]), labels: Int32Array.of(2) };
    const sample = sampleRegions(asBoxes([50, 50, 60, 60]), truth, createRng(0));
    expect([...sample.boxes]).toEqual([5, 5, 30, 40, 50, 50, 60, 60]);
    expect([...sample.labels]).toEqual([2, 0]);
    expect([...sample.deltas]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('are all background in an image without objects, and the same for the same seed', () => {
    const sample = () => sampleRegions(boxesOf(80, 1, 60, 60, [10, 50]), { boxes: emptyBoxes(0), labels: new Int32Array(0) }, createRng(5), { count: 16 });
    expect([...sample().labels]).toEqual(Array(16).fill(0));
    expect(sample()).toEqual(sample());
  });

  it('are none where there is nothing to sample', () => {
    expect(boxCount(sampleRegions(emptyBoxes(0), { boxes: emptyBoxes(0), labels: new Int32Array(0) }, createRng(0)).boxes)).toBe(0);
  });
});
