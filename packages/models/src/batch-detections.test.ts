import { asBoxes, emptyBoxes } from '@rcnn/geometry';
import { postprocess } from '@rcnn/heads';
import { describe, expect, it } from 'vitest';
import { batchDetections } from './batch-detections.ts';

describe('batchDetections', () => {
  const probabilities = Float32Array.of(0.1, 0.9, 0.3, 0.7, 0.2, 0.8); // three regions, one class
  const deltas = Float32Array.from({ length: 24 }, (_, i) => (i % 5) / 10);
  const options = { scoreThreshold: 0.05, nmsThreshold: 0.5, maxDetections: 10, weights: [1, 1, 1, 1] } as const;
  const sizes = [{ width: 60, height: 50 }, { width: 40, height: 40 }, { width: 40, height: 40 }];
  const regions = [asBoxes([0, 0, 30, 30]), emptyBoxes(0), asBoxes([5, 5, 20, 20, 30, 10, 38, 38])];

  it('finds in each image what its own regions alone would give', () => {
    const found = batchDetections({ probabilities, deltas }, regions, sizes, options);
    expect(found[0]).toEqual(postprocess(probabilities.slice(0, 2), deltas.slice(0, 8), regions[0], sizes[0], options));
    expect(found[1].scores).toHaveLength(0);
    expect(found[2]).toEqual(postprocess(probabilities.slice(2), deltas.slice(8), regions[2], sizes[2], options));
    expect([found[0].scores.length, found[2].scores.length]).toEqual([1, 2]);
  });

  it('finds nothing in a batch without regions', () => {
    const found = batchDetections({ probabilities: new Float32Array(0), deltas: new Float32Array(0) }, [emptyBoxes(0), emptyBoxes(0)], sizes, options);
    expect(found.map(({ scores }) => scores.length)).toEqual([0, 0]);
  });
});
