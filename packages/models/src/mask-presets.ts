import type { FasterRcnnConfig, MaskRcnnConfig } from './config.ts';
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
