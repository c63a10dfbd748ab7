import type { Dataset } from '@rcnn/datasets';
import { paperRcnn, paperSppnet, regionNetworkNames, smallRcnn, smallSppnet, type RegionNetworkName } from '@rcnn/models';
import type { SearchSettings } from '../../proposals/proposals-task.ts';
import type { RunConfig, TrainingConfig } from '../run-config.ts';
import type { System } from '../systems.ts';

type Model = RunConfig['model'];

/** R-CNN: with SqueezeNet of a size for a CPU, with another network as its authors ran it. */
export const rcnnDefaults: System['defaults'] = ({ classes }, { backbone }) => {
  const name = networkName(backbone);
  if (name === 'squeezenet1_0') return smallRcnn(classes) as Model;
  return { ...paperRcnn(classes, name) } as Model;
};

/** SPPnet likewise. */
export const sppnetDefaults: System['defaults'] = ({ classes }: Pick<Dataset, 'classes'>, { backbone }) => {
  const name = networkName(backbone);
  if (name === 'squeezenet1_0') return smallSppnet(classes) as Model;
  return { ...paperSppnet(classes, name) } as Model;
};

/** Selective search as R-CNN has it, but for boxes a few pixels small. */
export const regionSearch: SearchSettings = { flavour: 'opencv', mode: 'fast', seed: 0, max: null, minBoxSize: 20, ranking: null };

/**
 * Fine-tuning: a tenth of the rate of pre-training, ten times that for what starts from random values, an L-shaped schedule.
 * So few steps as a CPU has time for: eight epochs of 292 images are 152.
 */
export const rcnnTraining: Partial<TrainingConfig> = {
  epochs: 8,
  batchSize: 16,
  learningRate: 1e-3,
  optimizer: { kind: 'sgd', momentum: 0.9, rates: { 'backbone.fc': 10, cls_score: 10 } },
  weightDecay: 5e-4,
  warmupSteps: 10,
  schedule: { kind: 'step', milestones: [6.5], gamma: 0.1 },
  checkpointEvery: 20,
};

/** The same for SPPnet, whose steps are quick, because they read features that lie on the disk: ten epochs of 292 images are 730. */
export const sppnetTraining: Partial<TrainingConfig> = { ...rcnnTraining, epochs: 10, batchSize: 4, schedule: { kind: 'step', milestones: [8], gamma: 0.1 } };

function networkName(name: string): RegionNetworkName {
  const wanted = name === 'squeezenet' ? 'squeezenet1_0' : name;
  const found = regionNetworkNames.find((known) => known === wanted);
  if (found === undefined) throw new Error(`option '--backbone': expected one of ${regionNetworkNames.join(', ')}, got ${name}`);
  return found;
}
