import { detectron2FasterRcnnR50C4, paperFasterRcnnVgg16, paperFasterRcnnZf, proposalStep, smallSingleMapFasterRcnn } from '@rcnn/models';
import { merge } from '../override.ts';
import type { RunConfig } from '../run-config.ts';
import type { System } from '../systems.ts';
import { backboneName, settingsFor } from './backbone-settings.ts';
import { isNetwork } from './fast-rcnn.ts';
import { fasterRcnnDefaults } from './faster-rcnn.ts';
import { inputSize } from './input-size.ts';

type Model = RunConfig['model'];

/** Faster R-CNN on one map: as published for ZF and VGG16, as in Detectron2 for a ResNet, small for SqueezeNet and MobileNet. */
export const singleMapDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  const { classes } = dataset;
  if (backbone === 'zf') return paperFasterRcnnZf(classes) as Model;
  if (backbone === 'vgg16') return paperFasterRcnnVgg16(classes) as Model;
  const small = smallSingleMapFasterRcnn(classes, inputSize(dataset));
  if (isNetwork(backbone)) return merge(small, { backbone: { name: backbone } }) as Model;
  const fitting = settingsFor(weights);
  const name = backboneName(backbone);
  if (name.startsWith('res')) return merge(detectron2FasterRcnnR50C4(classes), { ...fitting, backbone: { name, ...fitting.backbone } }) as Model;
  const trunk = { ...detectron2FasterRcnnR50C4(classes).backbone, ...fitting.backbone, name, levels: [4, 4], frozen: [] };
  const regions = { kind: 'layers', operator: { kind: 'pool', resolution: 7 }, hidden: [256, 256], ranks: null, canonicalSize: 224, canonicalLevel: 4 };
  return merge({ ...small, backbone: trunk, regions }, { image: fitting.image ?? {} }) as Model;
};

/** The region proposal network of the small Faster R-CNN. */
export const rpnDefaults: System['defaults'] = (dataset, options) => {
  const model = fasterRcnnDefaults(dataset, options);
  if (model.model !== 'faster-rcnn') throw new Error(`expected a Faster R-CNN, got ${model.model}`);
  return proposalStep(model) as Model;
};
