import { describe, expect, it } from 'vitest';
import {
  detectron2FasterRcnnR50Fpn, paperFasterRcnnZf, pyFasterRcnn, smallSingleMapFasterRcnn, torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn, torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2,
  type RpnConfig,
} from './index.ts';

describe('torchvision’s presets', () => {
  // torchvision 0.14, models/detection/faster_rcnn.py: rpn_score_thresh is 0.05 of both MobileNets, 0 of the ResNets.
  it.each([
    [torchvisionFasterRcnnMobilenetV3LargeFpn, 0.05], [torchvisionFasterRcnnMobilenetV3Large320Fpn, 0.05],
    [torchvisionFasterRcnnResnet50Fpn, 0], [torchvisionFasterRcnnResnet50FpnV2, 0],
  ])('%o keeps proposals of a score of %d and more', (preset, threshold) => {
    expect(preset(['a']).rpn.scoreThreshold).toBe(threshold);
  });
});

describe('presets of Faster R-CNN on one map', () => {
  it('drop proposals of less than 16 px of the image in the authors’ code, whatever the input; others count in the input', () => {
    const minimum = (preset: (classes: readonly string[]) => { readonly rpn: RpnConfig }): unknown[] => [preset(['a']).rpn.minSize, preset(['a']).rpn.minSizeIn];
    expect([pyFasterRcnn, paperFasterRcnnZf].map(minimum)).toEqual([[16, 'image'], [16, 'image']]);
    expect([smallSingleMapFasterRcnn, detectron2FasterRcnnR50Fpn].map(minimum)).toEqual([[4, 'input'], [0, 'input']]);
  });
});
