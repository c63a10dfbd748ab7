import { asBoxDeltas, boxCount } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { propose, pyramidAnchors } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';

const sizeOf = ([height, width]: readonly number[]) => ({ width, height });
const { levels, maps, input, sizes } = golden;
const anchors = pyramidAnchors(levels.sizes.map((each) => ({ sizes: each, ratios: levels.ratios })), maps.map(sizeOf), sizeOf(input));
const count = boxCount(anchors.boxes);
const objectness = noise([2, count], 1).map((value) => value * 8);
const deltas = noise([2, count, 4], 2).map((value) => value * 2);
const proposalsOf = (image: number, options: Parameters<typeof propose>[4]) =>
  propose(objectness.subarray(image * count, (image + 1) * count), asBoxDeltas(deltas.subarray(4 * image * count, 4 * (image + 1) * count)), anchors, sizeOf(sizes[image]), options);

describe('proposals', () => {
  it.each(golden.proposals)("equal those of torchvision's filter_proposals with $options", ({ options, boxes, scores }) => {
    for (const image of [0, 1]) {
      const found = proposalsOf(image, options);
      expectNear(found.scores, floats(scores[image]), 1e-6);
      expectNear(found.boxes, floats(boxes[image]), 1e-5);
    }
  });

  it('lie within the image, best first, as few as asked for', () => {
    const { boxes, scores } = proposalsOf(1, { postNms: 25 });
    expect(scores.length).toBe(25);
    expect(scores.every((score, i) => i === 0 || score <= scores[i - 1])).toBe(true);
    expect(boxes.every((value, i) => value >= 0 && value <= (i % 2 === 0 ? 101 : 96))).toBe(true);
  });

  it('are none where every box is too small', () => {
    expect(proposalsOf(0, { minSize: 1000 })).toEqual({ boxes: new Float32Array(0), scores: new Float32Array(0) });
  });
});
