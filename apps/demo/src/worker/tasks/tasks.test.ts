import { asBoxes, boxIou, createRng, nms, softNmsGaussian, softNmsLinear, type Boxes } from '@rcnn/geometry';
import { generateShapes } from '@rcnn/datasets';
import { describe, expect, it } from 'vitest';
import type { TaskContext } from '../task.ts';
import { cover } from './cover.ts';
import { codeBox } from './code-box.ts';
import { fitImage } from './fit-image.ts';
import { paste } from './paste.ts';
import { placeAnchors } from './place-anchors.ts';
import { segment } from './segment.ts';
import { suppress, type SuppressionKind } from './suppress.ts';
import { warp } from './warp.ts';

const context = { share: (image) => image } as TaskContext;

function randomBoxes(count: number): { boxes: Boxes; scores: Float32Array } {
  const rng = createRng(4);
  const boxes = asBoxes(Array.from({ length: count }, () => {
    const [x, y] = [60 * rng.uniform(), 60 * rng.uniform()];
    return [x, y, x + 10 + 40 * rng.uniform(), y + 10 + 40 * rng.uniform()];
  }).flat());
  return { boxes, scores: Float32Array.from({ length: count }, () => rng.uniform()) };
}

describe('cover', () => {
  it('says the best IoU among the first N, and whose it is, for every N', async () => {
    const { boxes } = randomBoxes(30);
    const object = [20, 20, 50, 45];
    const iou = boxIou(asBoxes(object), boxes);
    const { best, which } = await cover({ proposals: boxes, object }, context);
    for (let top = 1; top <= 30; top++) {
      const most = Math.max(...iou.subarray(0, top));
      expect(best[top - 1]).toBe(most);
      expect(iou[which[top - 1]]).toBe(most);
      expect(which[top - 1]).toBeLessThan(top);
    }
  });
});

describe('suppress', () => {
  const { boxes, scores } = randomBoxes(40);
  it.each(['nms', 'linear', 'gaussian'] as const)('keeps what the package keeps, with its scores, %s', async (kind: SuppressionKind) => {
    const steps = await suppress({ boxes, scores, kind, threshold: 0.3 }, context);
    const kept = { nms: () => nms(boxes, scores, { threshold: 0.3 }), linear: () => softNmsLinear(boxes, scores, { threshold: 0.3, scoreThreshold: 0.05 }).indices, gaussian: () => softNmsGaussian(boxes, scores, { scoreThreshold: 0.05 }).indices }[kind]();
    expect(steps.map((step) => step.kept)).toEqual([...kept]);
    steps.forEach(({ kept: index, score, scores: after }) => expect(after[index]).toBeCloseTo(score, 5));
  });

  it('lets every box be kept, or leave once, by NMS because of an IoU above the threshold', async () => {
    const steps = await suppress({ boxes, scores, kind: 'nms', threshold: 0.3 }, context);
    const left = steps.flatMap((step) => step.left);
    expect([...steps.map(({ kept }) => kept), ...left.map(({ index }) => index)].sort((a, b) => a - b)).toEqual([...scores.keys()]);
    expect(left.every(({ iou }) => iou > 0.3)).toBe(true);
  });
});

describe('segment', () => {
  const { image } = generateShapes(createRng(3), { size: 64 });
  it('has the sizes, boxes and mean colours of the regions that its labels paint', async () => {
    const { labels, leaves, sizes, boxes, colours, count } = await segment({ image, colourSpace: 'lab', k: 100, similarity: { colour: 1 } }, context);
    for (let leaf = 0; leaf < leaves; leaf++) {
      const pixels = [...labels.keys()].filter((i) => labels[i] === leaf);
      expect(sizes[leaf]).toBe(pixels.length);
      expect(boxes[4 * leaf]).toBe(Math.min(...pixels.map((i) => i % 64)));
      expect(colours[3 * leaf]).toBe(Math.round(pixels.reduce((sum, i) => sum + image.data[3 * i], 0) / pixels.length));
    }
    expect(sizes[count - 1]).toBe(64 * 64);
  });
});

describe('placeAnchors', () => {
  it('puts the anchors of every scale and ratio around the place, and counts those inside', async () => {
    const { boxes, map, total, inside } = await placeAnchors({ size: { width: 100, height: 70 }, stride: 16, sizes: [32, 64], ratios: [1], cell: { x: 3, y: 2 } }, context);
    expect([...boxes]).toEqual([32, 16, 64, 48, 16, 0, 80, 64]);
    expect([map.width, map.height, total]).toEqual([7, 5, 70]);
    expect(inside).toBe(5 * 3 + 3); // 32 px: x 16 … 80, y 16 … 48; 64 px: x 32 … 64, y 32
  });
});

describe('warp, paste, codeBox, fitImage', () => {
  const { image } = generateShapes(createRng(3), { size: 64 });
  it('warps the whole image to itself', async () => {
    expect((await warp({ image, box: [0, 0, 64, 64], size: 64, padding: 0, mode: 'warp' }, context)).data).toEqual(image.data);
  });
  it('pastes a full mask over its box', async () => {
    const { area, pasted } = await paste({ probabilities: new Float32Array(28 * 28).fill(1), box: [10, 10, 38, 38], size: { width: 64, height: 64 }, threshold: 0.5 }, context);
    expect(Math.abs(area - 28 * 28)).toBeLessThan(60);
    expect(pasted[20 * 64 + 20]).toBe(1);
  });
  it('codes a box, and gives it back', async () => {
    const { deltas, decoded } = await codeBox({ anchor: [0, 0, 10, 20], box: [5, 0, 25, 20], weights: [1, 1, 1, 1] }, context);
    expect(deltas[0]).toBeCloseTo(1);
    expect(deltas[2]).toBeCloseTo(Math.LN2);
    expect(decoded[2]).toBeCloseTo(25, 4);
  });
  it('makes an image smaller, never larger', async () => {
    expect((await fitImage({ image: { width: 40, height: 20, data: new Uint8Array(2400).fill(9) }, side: 20 }, context))).toEqual({ width: 20, height: 10, data: new Uint8Array(600).fill(9) });
    expect(await fitImage({ image, side: 500 }, context)).toBe(image);
  });
});
