import type { Dataset } from '@rcnn/datasets';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import type { RunConfig, TrainingConfig } from './run-config.ts';
import { cascadeRcnnDefaults } from './systems/cascade-rcnn.ts';
import { fastRcnnDefaults, fastRcnnSearch } from './systems/fast-rcnn.ts';
import { fasterRcnnDefaults } from './systems/faster-rcnn.ts';
import { rcnnDefaults, rcnnTraining, regionSearch, sppnetDefaults, sppnetTraining } from './systems/region-classifiers.ts';
import { keypointRcnnDefaults } from './systems/keypoint-rcnn.ts';
import { maskRcnnDefaults, singleMapMaskDefaults } from './systems/mask-rcnn.ts';
import { rpnDefaults, singleMapDefaults } from './systems/single-map.ts';

/** What a system starts from unless a configuration says otherwise. */
export interface System {
  /** The backbone that it has by default, as `--backbone` names it. */
  readonly backbone: string;
  /** Its model for this dataset. @throws Error if there is no such backbone for it */
  readonly defaults: (dataset: Dataset, options: SystemOptions) => RunConfig['model'];
  /** The search that its regions come from; null if it proposes them itself. */
  readonly proposals: SearchSettings | null;
  /** Whether it learns masks. */
  readonly masks: boolean;
  /** Where its training differs from the common defaults. */
  readonly training: Partial<TrainingConfig>;
}

/** What the command line says of the model. */
export interface SystemOptions {
  readonly backbone: string;
  readonly weights: string | undefined;
}

/** What `--model` knows. */
const systems: Readonly<Record<RunConfig['model']['model'], System>> = {
  'faster-rcnn': { backbone: 'mobilenet_v2-fpn', defaults: fasterRcnnDefaults, proposals: null, masks: false, training: {} },
  'cascade-rcnn': { backbone: 'mobilenet_v2-fpn', defaults: cascadeRcnnDefaults, proposals: null, masks: false, training: {} },
  rcnn: { backbone: 'squeezenet1_0', defaults: rcnnDefaults, proposals: regionSearch, masks: false, training: rcnnTraining },
  sppnet: { backbone: 'squeezenet1_0', defaults: sppnetDefaults, proposals: regionSearch, masks: false, training: sppnetTraining },
  'mask-rcnn': { backbone: 'mobilenet_v2-fpn', defaults: maskRcnnDefaults, proposals: null, masks: true, training: {} },
  'mask-rcnn-single-map': { backbone: 'resnet18', defaults: singleMapMaskDefaults, proposals: null, masks: true, training: { learningRate: 1e-3 } },
  'keypoint-rcnn': { backbone: 'mobilenet_v2-fpn', defaults: keypointRcnnDefaults, proposals: null, masks: false, training: {} },
  'faster-rcnn-single-map': { backbone: 'squeezenet1_0', defaults: singleMapDefaults, proposals: null, masks: false, training: { learningRate: 1e-3, weightDecay: 5e-4 } },
  'fast-rcnn': { backbone: 'mobilenet_v2-fpn', defaults: fastRcnnDefaults, proposals: fastRcnnSearch, masks: false, training: {} },
  rpn: { backbone: 'mobilenet_v2-fpn', defaults: rpnDefaults, proposals: null, masks: false, training: {} },
};

/** The system of a name. @throws Error if there is none */
export function systemOf(name: string): System {
  const found = Object.entries(systems).find(([known]) => known === name);
  if (found === undefined) throw new Error(`option '--model': expected ${Object.keys(systems).join(', ')}, got ${name}`);
  return found[1];
}
