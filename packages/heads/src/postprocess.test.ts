import { takeBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { postprocess } from './index.ts';
import { boxesOf } from './testing/boxes.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';

const regions = [boxesOf(80, 60, 100, 70, [8, 70]), boxesOf(50, 61, 100, 70, [8, 70])];
const deltas = noise([130, 20], 63).map((value) => value * 4);
const sizes = golden.sizes.map(([height, width]) => ({ width, height }));

function softmax(logits: Float32Array, classes: number): Float32Array {
  return logits.map((_, i) => {
    const row = logits.subarray(i - (i % classes), i - (i % classes) + classes);
    return Math.exp(logits[i]) / row.reduce((sum, logit) => sum + Math.exp(logit), 0);
  });
}

describe('detections', () => {
  it.each(golden.detections)("equal those of torchvision's postprocess_detections with $options", ({ options, scale, images }) => {
    const probabilities = softmax(noise([130, 5], 62).map((value) => value * scale), 5);
    images.forEach(({ boxes, scores, labels }, image) => {
      const [first, last] = image === 0 ? [0, 80] : [80, 130];
      const found = postprocess(probabilities.subarray(5 * first, 5 * last), deltas.subarray(20 * first, 20 * last), regions[image], sizes[image], options);
      expect([...found.labels]).toEqual(labels);
      expectNear(found.scores, floats(scores), 1e-6);
      expectNear(found.boxes, floats(boxes), 1e-5);
    });
  });

  it('are none of no regions', () => {
    expect(postprocess(new Float32Array(0), new Float32Array(0), takeBoxes(regions[0], []), sizes[0])).toEqual({
      boxes: new Float32Array(0), labels: new Int32Array(0), scores: new Float32Array(0),
    });
  });
});
