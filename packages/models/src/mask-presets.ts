import type { FasterRcnnConfig, MaskRcnnConfig } from './config.ts';
import { detectron2FasterRcnnR50C4, detectron2FasterRcnnR50Fpn } from './single-map/presets.ts';
import type { SingleMapMaskRcnnConfig } from './single-map/config.ts';
import { smallFasterRcnn, torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2 } from './presets.ts';

/** The mask branch that torchvision adds to its detectors with a pyramid (He et al. 2017, figure 4, right). */
const torchvisionMask: MaskRcnnConfig['mask'] = {
  head: 'fcn', resolution: 14, layers: 4, hidden: 256, norm: 'none', classes: 'independent', targets: 'soft', threshold: 0.5,
};

function withMasks(config: FasterRcnnConfig, mask: MaskRcnnConfig['mask']): MaskRcnnConfig {
  return { ...config, model: 'mask-rcnn', pooling: 'align', mask };
}

/** `maskrcnn_resnet50_fpn` of torchvision, number by number, for the classes 1…K. */
export function torchvisionMaskRcnnResnet50Fpn(classes: readonly string[]): MaskRcnnConfig {
  return withMasks(torchvisionFasterRcnnResnet50Fpn(classes), torchvisionMask);
}

/** `maskrcnn_resnet50_fpn_v2` of torchvision: as `fasterrcnn_resnet50_fpn_v2`, and batch norm in the mask head. */
export function torchvisionMaskRcnnResnet50FpnV2(classes: readonly string[]): MaskRcnnConfig {
  return withMasks(torchvisionFasterRcnnResnet50FpnV2(classes), { ...torchvisionMask, norm: 'trained' });
}

/** `mask_rcnn_R_50_FPN` of Detectron2: as its `faster_rcnn_R_50_FPN`, targets of zeros and ones. */
export function detectron2MaskRcnnR50Fpn(classes: readonly string[]): MaskRcnnConfig {
  return withMasks(detectron2FasterRcnnR50Fpn(classes), { ...torchvisionMask, targets: 'binary' });
}

/**
 * The paper's ResNet-50-C4 (He et al. 2017, §3.1): 64 regions of an image to learn from, 300 proposals in test, RoIAlign of four
 * samples a bin. Where the paper is silent, Detectron2's numbers.
 */
export function paperMaskRcnnR50C4(classes: readonly string[]): SingleMapMaskRcnnConfig {
  const { image, backbone, anchors, rpnChannels, rpn } = detectron2FasterRcnnR50C4(classes);
  if ('hidden' in backbone) throw new Error('paperMaskRcnnR50C4: expected a ResNet');
  return {
    model: 'mask-rcnn-single-map',
    classes, image, backbone, anchors, rpnChannels,
    rpn: { ...rpn, test: { ...rpn.test, postNms: 300 } },
    operator: { kind: 'align', resolution: 14, samplingRatio: 2, aligned: true },
    box: { foreground: 0.5, samples: 64, positiveFraction: 0.25, weights: [10, 10, 5, 5], beta: 0, scoreThreshold: 0.05, nmsThreshold: 0.5, limit: 100 },
    mask: { hidden: 256, classes: 'independent', targets: 'binary', threshold: 0.5 },
  };
}

/**
 * The paper's ResNet-101-FPN (He et al. 2017, §3.1): images of 800 pixels, 512 regions of an image to learn from, 1000 proposals in
 * test, masks of the 100 best boxes. Where the paper is silent, torchvision's numbers.
 */
export function paperMaskRcnnR101Fpn(classes: readonly string[]): MaskRcnnConfig {
  const standard = torchvisionMaskRcnnResnet50Fpn(classes);
  return { ...standard, backbone: { ...standard.backbone, name: 'resnet101' }, mask: { ...standard.mask, targets: 'binary' } };
}

/** The paper's ResNeXt-101-FPN (He et al. 2017, tables 1 and 3), cardinality 64 and 4 channels a group. */
export function paperMaskRcnnX101Fpn(classes: readonly string[]): MaskRcnnConfig {
  const resnet = paperMaskRcnnR101Fpn(classes);
  return { ...resnet, backbone: { ...resnet.backbone, name: 'resnext101_64x4d' } };
}

/**
 * A Mask R-CNN for images of a few hundred pixels and for training on a CPU: {@link smallFasterRcnn} with two convolutions of 64
 * channels before the deconvolution.
 */
export function smallMaskRcnn(classes: readonly string[], input: { minSize?: number; maxSize?: number } = {}): MaskRcnnConfig {
  return withMasks(smallFasterRcnn(classes, input), { ...torchvisionMask, layers: 2, hidden: 64 });
}

/**
 * A Mask R-CNN on one map for images of a few hundred pixels and for training on a CPU: ResNet-18 up to its fourth stage, anchors
 * from 16 px on, regions of 8 × 8, and 64 of them an image as in {@link paperMaskRcnnR50C4}.
 */
export function smallSingleMapMaskRcnn(
  classes: readonly string[],
  { minSize = 240, maxSize = 320 }: { minSize?: number; maxSize?: number } = {},
): SingleMapMaskRcnnConfig {
  const paper = paperMaskRcnnR50C4(classes);
  const { image, backbone } = smallFasterRcnn(classes, { minSize, maxSize });
  return {
    ...paper,
    image,
    backbone: { ...backbone, name: 'resnet18', levels: [4, 4] },
    anchors: { ...paper.anchors, sizes: [[16, 24, 40, 56, 80, 112, 160]] },
    rpnChannels: 128,
    rpn: { ...paper.rpn, minSize: 4, normalization: 'sampled', train: { preNms: 1500, postNms: 300 }, test: { preNms: 1000, postNms: 150 } },
    operator: { ...paper.operator, resolution: 8 },
    mask: { ...paper.mask, hidden: 64 },
  };
}
