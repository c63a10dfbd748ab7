import { asBoxes, boxIou, decodeBoxes, emptyBoxes, takeBoxes, type BoxDeltas } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { labelRegions } from './label-regions.ts';
import { boxesOf } from './testing/boxes.ts';

describe('labelRegions', () => {
  it('is every region with area, its class by its best object at the IoU asked for, objects first, deltas leading to the object', () => {
    const truth = { boxes: boxesOf(4, 2, 60, 60, [10, 50]), labels: Int32Array.of(1, 2, 3, 1) };
    const shifted = [0.1, 0.2, 0.3, 0.5].flatMap((share) => Array.from(truth.boxes, (side, i) => side + (i % 2 === 0 ? share * 10 : 0)));
    const regions = asBoxes([...boxesOf(20, 1, 60, 60, [10, 50]), ...shifted]);
    for (const foreground of [0.4, 0.6]) {
      const { boxes, labels, deltas, objects } = labelRegions(asBoxes([...regions, 5, 5, 5, 9]), truth, { foreground, weights: [20, 20, 10, 10] });
      expect(boxes.length).toBe(regions.length);
      expect([...boxes].sort()).toEqual([...regions].sort());
      const ious = boxIou(boxes, truth.boxes);
      labels.forEach((label, i) => {
        const row = ious.subarray(4 * i, 4 * i + 4);
        const best = row.indexOf(Math.max(...row));
        expect(label).toBe(row[best] >= foreground ? truth.labels[best] : 0);
        expect(i < objects.length).toBe(label > 0);
        if (label === 0) return;
        const back = decodeBoxes(deltas.slice(4 * i, 4 * i + 4) as BoxDeltas, takeBoxes(boxes, [i]), { weights: [20, 20, 10, 10] });
        back.forEach((value, k) => expect(value).toBeCloseTo(truth.boxes[4 * objects[i] + k], 3));
      });
      expect(objects.length).toBeGreaterThan(2);
    }
  });

  it('is all background in an image without objects', () => {
    const { labels, objects } = labelRegions(boxesOf(3, 1, 60, 60, [10, 50]), { boxes: emptyBoxes(0), labels: new Int32Array(0) });
    expect([[...labels], objects.length]).toEqual([[0, 0, 0], 0]);
  });
});
