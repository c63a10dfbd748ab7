import type { BackboneConfig, FasterRcnnConfig, RpnConfig } from '../config.ts';
import { networkBackbone, paperBox } from '../fast-rcnn/presets.ts';
import { caffePixels, squeezeNetPixels } from '../networks/pixel-scales.ts';
import { torchvisionFasterRcnnResnet50Fpn } from '../presets.ts';
import type { SingleMapFasterRcnnConfig } from './config.ts';

/** Numbers of the region proposal network in Faster R-CNN's own code, where 16 px are of the image; λ = 10 over the cells is the paper's eq. 1. */
const paperRpn: RpnConfig = {
  depth: 1, form: 'softmax', foreground: 0.7, background: 0.3, samples: 256, positiveFraction: 0.5, boundary: 0, beta: 1 / 9,
  normalization: 'locations', lambda: 10, nmsThreshold: 0.7, minSize: 16, minSizeIn: 'image', scoreThreshold: 0, ranking: 'score', regression: true,
  train: { preNms: 12000, postNms: 2000 },
  test: { preNms: 6000, postNms: 300 },
};

/** Faster R-CNN on VGG16 as published (Ren et al. 2015): 9 anchors of 128², 256² and 512² px, 2000 proposals to learn from, 300 to detect in. */
export function paperFasterRcnnVgg16(classes: readonly string[]): SingleMapFasterRcnnConfig {
  return {
    model: 'faster-rcnn-single-map',
    classes,
    image: { ...caffePixels, minSize: 600, maxSize: 1000 },
    backbone: networkBackbone('vgg16'),
    fpn: null,
    regions: { kind: 'network', ranks: null },
    anchors: { sizes: [[128, 256, 512]], ratios: [0.5, 1, 2], form: 'caffe' },
    rpnChannels: 512,
    rpn: paperRpn,
    box: { ...paperBox, background: [0, 0.5], samples: 128 },
  };
}

/** The same on ZF, whose proposal network is 256 wide. */
export function paperFasterRcnnZf(classes: readonly string[]): SingleMapFasterRcnnConfig {
  return { ...paperFasterRcnnVgg16(classes), backbone: networkBackbone('zf'), rpnChannels: 256 };
}

/** py-faster-rcnn end to end: VGG16 as published, but that the boxes' loss of the proposals is divided by the sample too. */
export function pyFasterRcnn(classes: readonly string[]): SingleMapFasterRcnnConfig {
  const paper = paperFasterRcnnVgg16(classes);
  return { ...paper, rpn: { ...paper.rpn, normalization: 'sampled', lambda: 1 } };
}

/** Pixels of Detectron2's ResNets: bytes less ImageNet's mean, (103.53, 116.28, 123.675) in BGR. */
const detectron2Pixels = { mean: [123.675 / 255, 116.28 / 255, 103.53 / 255], std: [1 / 255, 1 / 255, 1 / 255] } as const;

/** Its ResNet 50: the stride in the 1×1 convolution, the stem and the first stage left as pre-trained. */
const detectron2Backbone: BackboneConfig = {
  name: 'resnet50', norm: 'frozen', epsilon: 1e-5, width: 1, padding: 'torch', levels: [2, 5], bottleneckStride: '1x1',
  frozen: ['backbone.body.conv1.', 'backbone.body.bn1.', 'backbone.body.layer1.'],
};

const detectron2Rpn: RpnConfig = {
  ...paperRpn, form: 'sigmoid', boundary: null, beta: 0, normalization: 'batch', lambda: 1, minSize: 0, minSizeIn: 'input',
  train: { preNms: 12000, postNms: 2000 },
  test: { preNms: 6000, postNms: 1000 },
};

/** `faster_rcnn_R_50_C4` of Detectron2: anchors of five sizes on the fourth stage's map, the fifth stage on every region. */
export function detectron2FasterRcnnR50C4(classes: readonly string[]): SingleMapFasterRcnnConfig {
  return {
    model: 'faster-rcnn-single-map',
    classes,
    image: { ...detectron2Pixels, minSize: 800, maxSize: 1333, rounding: 'nearest' },
    backbone: { ...detectron2Backbone, levels: [4, 4] },
    fpn: null,
    regions: { kind: 'stage', operator: { kind: 'align', resolution: 14, samplingRatio: 0, aligned: true } },
    anchors: { sizes: [[32, 64, 128, 256, 512]], ratios: [0.5, 1, 2], form: 'detectron2' },
    rpnChannels: 1024,
    rpn: detectron2Rpn,
    box: { ...paperBox, background: [0, 0.5], samples: 512, beta: 0, nmsThreshold: 0.5 },
  };
}

/** `faster_rcnn_R_50_FPN` of Detectron2. */
export function detectron2FasterRcnnR50Fpn(classes: readonly string[]): FasterRcnnConfig {
  const torchvision = torchvisionFasterRcnnResnet50Fpn(classes);
  return {
    ...torchvision,
    image: { ...detectron2Pixels, minSize: 800, maxSize: 1333, rounding: 'nearest' },
    backbone: detectron2Backbone,
    anchors: { ...torchvision.anchors, form: 'detectron2' },
    rpn: { ...detectron2Rpn, train: { preNms: 2000, postNms: 1000 }, test: { preNms: 1000, postNms: 1000 } },
    box: { ...torchvision.box, samplingRatio: 0, aligned: true, beta: 0 },
  };
}

/** A Faster R-CNN on one map for images of a few hundred pixels and for training on a CPU: SqueezeNet, anchors from 24 px on. */
export function smallSingleMapFasterRcnn(
  classes: readonly string[],
  { minSize = 240, maxSize = 320 }: { minSize?: number; maxSize?: number } = {},
): SingleMapFasterRcnnConfig {
  const paper = paperFasterRcnnVgg16(classes);
  return {
    ...paper,
    image: { ...squeezeNetPixels, minSize, maxSize },
    backbone: { ...networkBackbone('squeezenet1_0'), hidden: [256, 256] },
    anchors: { ...paper.anchors, sizes: [[16, 24, 40, 56, 80, 112, 160]], form: 'torchvision' },
    rpnChannels: 128,
    rpn: { ...paper.rpn, minSize: 4, minSizeIn: 'input', normalization: 'sampled', lambda: 1, train: { preNms: 1500, postNms: 300 }, test: { preNms: 1000, postNms: 150 } },
    box: { ...paper.box, nmsThreshold: 0.5 },
  };
}
