import { asBoxes, asKeypoints, emptyBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/keypoints.json' with { type: 'json' };
import { keypointTargets } from './index.ts';

describe('keypoint targets', () => {
  it.each(golden.targets)("of $heatmapSize cells a side equal torchvision's", ({ heatmapSize, cells }) => {
    const { maps, cells: found } = keypointTargets(asKeypoints(golden.keypoints.flat(2), 4), asBoxes(golden.boxes.flat()), { heatmapSize });
    const expected = cells.flatMap((cell, map) => (cell === null ? [] : [[map, cell]]));
    expect([...maps].map((map, i) => [map, found[i]])).toEqual(expected);
  });

  it('are the cells that keypoints lie in, edges included, and none of those outside or not labelled', () => {
    const keypoints = asKeypoints([10, 20, 2, 19.99, 39.99, 1, 20, 40, 2, 20.01, 30, 2, 15, 30, 0], 5);
    expect(keypointTargets(keypoints, asBoxes([10, 20, 20, 40]), { heatmapSize: 10 })).toEqual({ maps: Uint32Array.of(0, 1, 2), cells: Uint32Array.of(0, 99, 99) });
  });

  it('of no region are none, and keypoints that are not as many for each region are refused', () => {
    expect(keypointTargets(asKeypoints([], 2), emptyBoxes(0)).maps).toHaveLength(0);
    expect(() => keypointTargets(asKeypoints([0, 0, 1, 0, 0, 1, 0, 0, 1], 1), emptyBoxes(2))).toThrow('keypointTargets: expected keypoints of each of 2 regions, got 3 keypoints');
  });
});
