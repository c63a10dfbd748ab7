import { asBoxes, createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { sampleWindows } from './sample-windows.ts';

const object = { boxes: asBoxes([0, 0, 10, 10]), labels: Int32Array.of(3) };
/** IoU with the object: .6, .4, .05, 0. */
const proposals = asBoxes([0, 0, 10, 6, 0, 0, 10, 4, 0, 0, 5, 1, 50, 50, 60, 60]);
const finetuning = { foreground: 0.5, background: [0, 0.5], positives: 4, negatives: 12 } as const;

/** Every window that many draws give, as `label: box`. */
function drawn(...[objects, , config]: Parameters<typeof sampleWindows>): Set<string> {
  const { boxes, labels } = sampleWindows(objects, createRng(1), { ...config, positives: 200, negatives: 200 });
  const flat = boxes.flatMap((each) => [...each]);
  return new Set([...labels].map((label, i) => `${label}: ${flat.slice(4 * i, 4 * i + 4).join(' ')}`));
}

describe('sampleWindows', () => {
  it('draws as many of objects and of background as asked for, an image, and groups them by image', () => {
    const empty = { boxes: asBoxes([]), labels: new Int32Array(0), proposals };
    const { boxes, labels } = sampleWindows([{ ...object, proposals }, empty], createRng(1), finetuning);
    expect(boxes.map(({ length }) => length / 4).reduce((sum, count) => sum + count)).toBe(32);
    expect([...labels].filter((label) => label === 3)).toHaveLength(8);
    expect([...labels].filter((label) => label === 0)).toHaveLength(24);
    expect([...labels.subarray(boxes[0].length / 4)].every((label) => label === 0)).toBe(true);
  });

  it('takes the ground truth and what overlaps it by half or more for the object, all else for background', () => {
    expect(drawn([{ ...object, proposals }], createRng(1), finetuning)).toEqual(
      new Set(['3: 0 0 10 10', '3: 0 0 10 6', '0: 0 0 10 4', '0: 0 0 5 1', '0: 50 50 60 60']),
    );
  });

  it('leaves out background that overlaps by less than the lower bound, as SPPnet does', () => {
    const sppnet = { ...finetuning, background: [0.1, 0.5] } as const;
    expect(drawn([{ ...object, proposals }], createRng(1), sppnet)).toEqual(new Set(['3: 0 0 10 10', '3: 0 0 10 6', '0: 0 0 10 4']));
  });

  it('gives background alone where there is no object, and nothing where there is nothing', () => {
    const none = { boxes: asBoxes([]), labels: new Int32Array(0) };
    expect([...sampleWindows([{ ...none, proposals }], createRng(1), finetuning).labels]).toEqual(new Array(12).fill(0));
    expect(sampleWindows([none], createRng(1), finetuning).labels).toHaveLength(0);
  });

  it('draws the same windows from the same seed', () => {
    const draw = (seed: number) => sampleWindows([{ ...object, proposals }], createRng(seed), finetuning);
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
  });
});
