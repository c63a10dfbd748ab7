import { smallCascadeRcnn } from '@rcnn/models';
import { merge } from '../override.ts';
import type { RunConfig } from '../run-config.ts';
import type { System } from '../systems.ts';
import { backboneName, settingsFor } from './backbone-settings.ts';
import { inputSize } from './input-size.ts';

/** A Cascade R-CNN of a size that trains on a CPU. */
export const cascadeRcnnDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  const fitting = settingsFor(weights);
  const model = { ...fitting, backbone: { name: backboneName(backbone), ...fitting.backbone } };
  return merge(smallCascadeRcnn(dataset.classes, inputSize(dataset)), model) as RunConfig['model'];
};
