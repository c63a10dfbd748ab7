import type { StateDict } from '@rcnn/weights';
import type { FasterRcnnConfig } from '../config.ts';
import type { FastRcnnConfig, RegionBoxConfig } from '../fast-rcnn/config.ts';
import { softmaxClassifier } from '../fast-rcnn/softmax-classifier.ts';
import type { RegionProposalNetworkConfig, SingleMapFasterRcnnConfig } from './config.ts';

/** A detector that 4-step training can train. */
export type AlternatingConfig = FasterRcnnConfig | SingleMapFasterRcnnConfig;

/** The region proposal network of a Faster R-CNN, to be trained by itself: steps 1 and 3 of 4-step training (Faster R-CNN, §3.2). */
export function proposalStep(config: AlternatingConfig): RegionProposalNetworkConfig {
  const { classes, image, backbone, fpn, anchors, rpn } = config;
  const rpnChannels = config.model === 'faster-rcnn' ? config.fpn.channels : config.rpnChannels;
  return { model: 'rpn', classes, image, backbone, fpn, anchors, rpnChannels, rpn };
}

/** The Fast R-CNN in a Faster R-CNN, to be trained on given proposals: steps 2 and 4. */
export function detectionStep(config: AlternatingConfig): FastRcnnConfig {
  const { classes, image, backbone, fpn } = config;
  const scales = { train: image.trainSizes ?? [], test: [] };
  if (config.model === 'faster-rcnn-single-map') return { model: 'fast-rcnn', classes, image, scales, backbone, fpn, regions: config.regions, box: config.box, ...softmaxClassifier };
  const { resolution, samplingRatio, aligned, canonicalSize, canonicalLevel, hidden, convolutions, weights, ...common } = config.box;
  if (convolutions > 0) throw new Error(`alternating: expected a box head of two fully connected layers, got one with ${convolutions} convolutions`);
  const box: RegionBoxConfig = {
    ...common, background: [0, common.foreground], sampling: 'random', targets: { kind: 'weights', weights }, boxes: 'per-class', lambda: 1,
    suppression: 'nms',
  };
  const operator = { kind: 'align', resolution, samplingRatio, aligned } as const;
  return {
    model: 'fast-rcnn', classes, image, scales, backbone, fpn, box,
    regions: { kind: 'layers', operator, hidden: [hidden, hidden], ranks: null, canonicalSize, canonicalLevel },
    ...softmaxClassifier,
  };
}

/** A configuration whose shared layers are fixed, as in steps 3 and 4: no gradient reaches what is computed of the whole image. */
export function withSharedLayersFixed<C extends RegionProposalNetworkConfig | FastRcnnConfig>(config: C): C {
  const { backbone } = config;
  const stages = 'levels' in backbone && 'regions' in config && config.regions.kind === 'stage'
    ? ['conv1.', 'bn1.', ...Array.from({ length: backbone.levels[1] - 1 }, (_, i) => `layer${i + 1}.`)].map((part) => `backbone.body.${part}`)
    : ['backbone.body.', 'backbone.fpn.'];
  const shared = 'hidden' in backbone ? ['backbone.conv', 'backbone.features.'] : stages;
  return { ...config, backbone: { ...backbone, frozen: [...new Set([...backbone.frozen, ...shared])] } };
}

/** The parameters that step 3 starts from: the detector's of step 2, and step 1's own layers. */
export function proposalStart(first: StateDict, second: StateDict): StateDict {
  return new Map([...second, ...ownOf(first)]);
}

/** A whole Faster R-CNN: step 4's detector with the region proposal network of step 3, whose shared layers are the same. */
export function unifiedParameters(third: StateDict, fourth: StateDict): StateDict {
  return new Map([...fourth, ...ownOf(third)]);
}

function ownOf(proposals: StateDict): StateDict {
  return new Map([...proposals].filter(([name]) => name.startsWith('rpn.')));
}
