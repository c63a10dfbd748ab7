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

  it('have an area where there is no minimum, though anchors of the padding have none within the image', () => {
    const square = pyramidAnchors([{ sizes: [16], ratios: [1] }], [{ width: 4, height: 4 }], { width: 64, height: 64 });
    const { boxes } = propose(new Float32Array(16), asBoxDeltas(new Float32Array(64)), square, { width: 20, height: 20 }, { minSize: 0, nmsThreshold: 1 });
    expect(boxCount(boxes)).toBe(4);
    for (let i = 0; i < boxes.length; i += 4) expect(Math.min(boxes[i + 2] - boxes[i], boxes[i + 3] - boxes[i + 1])).toBeGreaterThan(0);
  });

  it('are none where every box is too small', () => {
    expect(proposalsOf(0, { minSize: 1000 })).toEqual({ boxes: new Float32Array(0), scores: new Float32Array(0) });
  });
});
