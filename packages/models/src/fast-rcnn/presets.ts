import { smallFasterRcnn } from '../presets.ts';
import { detectionStep } from '../single-map/alternating.ts';
import { caffePixels, squeezeNetPixels } from '../networks/pixel-scales.ts';
import type { RegionNetworkName } from '../networks/region-network.ts';
import type { FastRcnnConfig, NetworkBackboneConfig, RegionBoxConfig } from './config.ts';
import { softmaxClassifier } from './softmax-classifier.ts';

/**
 * A Fast R-CNN of the size of {@link smallFasterRcnn} and over the same pyramid, so that the two can be compared; backgrounds
 * and the box loss are the paper's.
 */
export function smallFastRcnn(classes: readonly string[], size: { minSize?: number; maxSize?: number } = {}): FastRcnnConfig {
  const detection = detectionStep(smallFasterRcnn(classes, size));
  return {
    ...detection,
    box: { ...detection.box, background: [0.1, 0.5], beta: 1 },
    // Ten times R-CNN's number: a crowded image has tens of objects, and near each of them many proposals that are nearly alike.
    svm: { ...detection.svm, perImage: 400 },
  };
}

/** Widths of fc6 and fc7 as published, and what stays as it was pre-trained: conv1 of S and M, conv1 and conv2 of VGG16 (§4.5). */
const published: Readonly<Record<RegionNetworkName, Pick<NetworkBackboneConfig, 'hidden' | 'frozen'>>> = {
  caffenet: { hidden: [4096, 4096], frozen: ['backbone.conv1.'] },
  alexnet: { hidden: [4096, 4096], frozen: ['backbone.conv1.'] },
  vgg_cnn_m_1024: { hidden: [4096, 1024], frozen: ['backbone.conv1.'] },
  zf: { hidden: [4096, 4096], frozen: ['backbone.conv1.'] },
  vgg16: { hidden: [4096, 4096], frozen: ['0', '2', '5', '7'].map((place) => `backbone.features.${place}.`) },
  squeezenet1_0: { hidden: [512, 512], frozen: ['backbone.features.0.'] },
};

/** A network of the papers as the backbone of a detector that is fine-tuned from the published layer up. */
export function networkBackbone(name: RegionNetworkName): NetworkBackboneConfig {
  return { name, width: 1, norm: 'folded', ...published[name] };
}

/** The numbers of the box branch in Fast R-CNN's own code: 64 regions an image of two, a quarter of them objects. */
export const paperBox: RegionBoxConfig = {
  foreground: 0.5, background: [0.1, 0.5], samples: 64, positiveFraction: 0.25, sampling: 'random',
  targets: { kind: 'weights', weights: [10, 10, 5, 5] }, boxes: 'per-class', loss: 'smooth-l1', beta: 1, lambda: 1,
  scoreThreshold: 0.05, nmsThreshold: 0.3, suppression: 'nms', limit: 100,
};

/**
 * Fast R-CNN as published (Girshick 2015, §2 to §4) on any of the papers' networks: 600 px on the shorter side, 1000 at most,
 * batches of two images with 64 regions each. Targets have the fixed scales of its later code, .1 and .2; the class statistics
 * of a dataset ({@link deltaStatistics} of `@rcnn/heads`) may take their place.
 */
export function paperFastRcnn(classes: readonly string[], network: RegionNetworkName): FastRcnnConfig {
  const pixels = network === 'squeezenet1_0' ? squeezeNetPixels : caffePixels;
  return {
    model: 'fast-rcnn',
    classes,
    image: { ...pixels, minSize: 600, maxSize: 1000 },
    scales: { train: [], test: [] },
    backbone: networkBackbone(network),
    fpn: null,
    regions: { kind: 'network', ranks: null },
    box: paperBox,
    ...softmaxClassifier,
  };
}

/** Model S: CaffeNet. */
export function paperFastRcnnS(classes: readonly string[]): FastRcnnConfig {
  return paperFastRcnn(classes, 'caffenet');
}

/** Model M: VGG_CNN_M_1024. */
export function paperFastRcnnM(classes: readonly string[]): FastRcnnConfig {
  return paperFastRcnn(classes, 'vgg_cnn_m_1024');
}

/** Model L: VGG16. */
export function paperFastRcnnL(classes: readonly string[]): FastRcnnConfig {
  return paperFastRcnn(classes, 'vgg16');
}
