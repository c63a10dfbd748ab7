import { describe, expect, it } from 'vitest';
import {
  torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn, torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2,
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
