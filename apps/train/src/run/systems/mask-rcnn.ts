import { paperMaskRcnnR50C4, smallMaskRcnn, smallSingleMapMaskRcnn } from '@rcnn/models';
import { merge } from '../override.ts';
import type { RunConfig } from '../run-config.ts';
import type { System } from '../systems.ts';
import { requireMasks } from './require-masks.ts';
import { backboneName, settingsFor } from './backbone-settings.ts';
import { inputSize } from './input-size.ts';

/** A Mask R-CNN of a size that trains on a CPU. @throws Error if its dataset has no masks */
export const maskRcnnDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  requireMasks(dataset);
  const fitting = settingsFor(weights);
  const model = { ...fitting, backbone: { name: backboneName(backbone), ...fitting.backbone } };
  return merge(smallMaskRcnn(dataset.classes, inputSize(dataset)), model) as RunConfig['model'];
};

/** Mask R-CNN on one map: the paper's for the ResNets of 50 layers and more, of a size that trains on a CPU for those of fewer. @throws Error if its dataset has no masks */
export const singleMapMaskDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  requireMasks(dataset);
  const { backbone: settings, image } = settingsFor(weights);
  const name = backboneName(backbone);
  const { classes } = dataset;
  const standard = ['resnet18', 'resnet34'].includes(name) ? smallSingleMapMaskRcnn(classes, inputSize(dataset)) : paperMaskRcnnR50C4(classes);
  return merge(standard, { backbone: { name, ...settings }, image: image ?? {} }) as RunConfig['model'];
};
