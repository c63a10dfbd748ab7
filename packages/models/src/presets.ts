import type { FasterRcnnConfig } from './config.ts';

/** `fasterrcnn_resnet50_fpn` of torchvision, number by number, for the classes 1…K. */
export function torchvisionFasterRcnnResnet50Fpn(classes: readonly string[]): FasterRcnnConfig {
  return {
    model: 'faster-rcnn',
    classes,
    image: { minSize: 800, maxSize: 1333, rounding: 'single', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    backbone: {
      name: 'resnet50',
      norm: 'frozen',
      epsilon: 1e-5,
      width: 1,
      padding: 'torch',
      levels: [2, 5],
      frozen: ['backbone.body.conv1.', 'backbone.body.bn1.', 'backbone.body.layer1.'],
    },
    fpn: { channels: 256, norm: 'none' },
    anchors: { sizes: [[32], [64], [128], [256], [512]], ratios: [0.5, 1, 2], form: 'torchvision' },
    rpn: {
      depth: 1, form: 'sigmoid',
      foreground: 0.7, background: 0.3, samples: 256, positiveFraction: 0.5, boundary: null, normalization: 'sampled', lambda: 1,
      nmsThreshold: 0.7, minSize: 1e-3, scoreThreshold: 0, ranking: 'score', regression: true,
      train: { preNms: 2000, postNms: 2000 },
      test: { preNms: 1000, postNms: 1000 },
      beta: 1 / 9,
    },
    box: {
      resolution: 7, samplingRatio: 2, aligned: false, canonicalSize: 224, canonicalLevel: 4, hidden: 1024, convolutions: 0,
      foreground: 0.5, samples: 512, positiveFraction: 0.25, weights: [10, 10, 5, 5], loss: 'smooth-l1', beta: 1 / 9,
      scoreThreshold: 0.05, nmsThreshold: 0.5, limit: 100,
    },
  };
}

/**
 * `fasterrcnn_resnet50_fpn_v2` of torchvision (Li et al. 2021): batch norm throughout, two convolutions in the head of the
 * region proposal network, four before the box head's fully connected layer.
 */
export function torchvisionFasterRcnnResnet50FpnV2(classes: readonly string[]): FasterRcnnConfig {
  const first = torchvisionFasterRcnnResnet50Fpn(classes);
  return {
    ...first,
    backbone: { ...first.backbone, norm: 'trained' },
    fpn: { ...first.fpn, norm: 'trained' },
    rpn: { ...first.rpn, depth: 2 },
    box: { ...first.box, convolutions: 4 },
  };
}

/**
 * `fasterrcnn_mobilenet_v3_large_fpn` of torchvision: a pyramid over two maps of stride 32 and one of 64, five sizes of
 * anchors on each. The box head pools from the first map alone, since both have one stride.
 */
export function torchvisionFasterRcnnMobilenetV3LargeFpn(classes: readonly string[]): FasterRcnnConfig {
  const resnet = torchvisionFasterRcnnResnet50Fpn(classes);
  const sizes = [32, 64, 128, 256, 512];
  return {
    ...resnet,
    backbone: {
      ...resnet.backbone,
      name: 'mobilenet_v3_large',
      levels: [5, 6],
      frozen: Array.from({ length: 7 }, (_, layer) => `backbone.body.${layer}.`),
    },
    anchors: { ...resnet.anchors, sizes: [sizes, sizes, sizes] },
    rpn: { ...resnet.rpn, scoreThreshold: 0.05 },
  };
}

/** `fasterrcnn_mobilenet_v3_large_320_fpn` of torchvision: {@link torchvisionFasterRcnnMobilenetV3LargeFpn} at 320 pixels with fewer proposals. */
export function torchvisionFasterRcnnMobilenetV3Large320Fpn(classes: readonly string[]): FasterRcnnConfig {
  const large = torchvisionFasterRcnnMobilenetV3LargeFpn(classes);
  return {
    ...large,
    image: { ...large.image, minSize: 320, maxSize: 640 },
    rpn: { ...large.rpn, test: { preNms: 150, postNms: 150 } },
  };
}

/**
 * A Faster R-CNN for images of a few hundred pixels and for training on a CPU: three levels from stride 8 on, a pyramid
 * of 64 channels, a box head of 256. Anchors of √2 steps from 16 px on, at the input's size.
 */
export function smallFasterRcnn(
  classes: readonly string[],
  { minSize = 240, maxSize = 320 }: { minSize?: number; maxSize?: number } = {},
): FasterRcnnConfig {
  const standard = torchvisionFasterRcnnResnet50Fpn(classes);
  return {
    ...standard,
    image: { ...standard.image, minSize, maxSize, rounding: 'exact' },
    backbone: { ...standard.backbone, name: 'mobilenet_v2', norm: 'folded', levels: [3, 5], frozen: [] },
    fpn: { channels: 64, norm: 'none' },
    anchors: { ...standard.anchors, sizes: [[16, 24], [40, 56], [80, 112], [144, 192]] },
    rpn: { ...standard.rpn, train: { preNms: 500, postNms: 300 }, test: { preNms: 300, postNms: 150 } },
    box: { ...standard.box, hidden: 256, samples: 128, canonicalSize: 80 },
  };
}
