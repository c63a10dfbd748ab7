import { asBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { anchorGrid, anchorsAtOrigin, pyramidAnchors } from './index.ts';

const sizeOf = ([height, width]: readonly number[]) => ({ width, height });

describe('anchors', () => {
  it("are torchvision's: 32 px at ratio ½ is [−23, −11, 23, 11]", () => {
    expect([...anchorsAtOrigin({ sizes: [32], ratios: [0.5] })]).toEqual([-23, -11, 23, 11]);
  });

  it.each(golden.anchors.map((each) => [each.image.join(' × '), each] as const))("of a pyramid over %s px equal torchvision's AnchorGenerator exactly", (_, { sizes, ratios, maps, image, atOrigin, count, sum, rows, boxes }) => {
    const shapes = sizes.map((levelSizes) => ({ sizes: levelSizes, ratios }));
    shapes.forEach((shape, level) => expect([...anchorsAtOrigin(shape)].map((value) => value + 0)).toEqual(atOrigin[level].map((value) => value + 0)));
    const anchors = pyramidAnchors(shapes, maps.map(sizeOf), sizeOf(image));
    expect(anchors.boxes.length).toBe(4 * count);
    expect(anchors.counts).toEqual(maps.map(([height, width], level) => height * width * sizes[level].length * ratios.length));
    expect(rows.flatMap((row) => [...anchors.boxes.subarray(4 * row, 4 * row + 4)])).toEqual(boxes);
    const sums = [0, 0, 0, 0];
    anchors.boxes.forEach((value, i) => (sums[i % 4] += value));
    expect(sums).toEqual(sum);
  });

  it('stand on the grid row by row, all those of a cell together', () => {
    const grid = anchorGrid(asBoxes([-1, -2, 1, 2, -3, -4, 3, 4]), { width: 2, height: 2 }, { width: 10, height: 100 });
    expect([...grid.subarray(0, 16)]).toEqual([-1, -2, 1, 2, -3, -4, 3, 4, 9, -2, 11, 2, 7, -4, 13, 4]);
    expect([...grid.subarray(16, 20)]).toEqual([-1, 98, 1, 102]);
  });

  it('stand as far apart as the network has it where its map is not the input over its stride', () => {
    const [shapes, maps, input] = [[{ sizes: [16], ratios: [1] }], [{ width: 3, height: 2 }], { width: 51, height: 30 }];
    const centres = (options: Parameters<typeof pyramidAnchors>[3]): number[][] => {
      const { boxes } = pyramidAnchors(shapes, maps, input, options);
      return [0, 20].map((last) => [(boxes[last] + boxes[last + 2]) / 2, (boxes[last + 1] + boxes[last + 3]) / 2]);
    };
    expect(centres({ stride: 16 })).toEqual([[0, 0], [32, 16]]);
    expect(centres({ stride: 16, form: 'caffe' })).toEqual([[8, 8], [40, 24]]);
    expect(centres({})).toEqual([[0, 0], [34, 15]]);
  });

  it('need shapes for every level', () => {
    expect(() => pyramidAnchors([], [{ width: 1, height: 1 }], { width: 8, height: 8 })).toThrow('pyramidAnchors: expected anchor shapes for 1 levels, got 0');
  });
});
