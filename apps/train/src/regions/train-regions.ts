import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import { loadStateDict } from '@rcnn/models';
import { searchImages } from '../proposals/search-images.ts';
import { writeModel } from '../run/checkpoint.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { RunModel } from '../run/run-model.ts';
import { extractPool5, type RegionFeatures } from './region-features.ts';
import { planRegions } from './region-plan.ts';
import type { RegionRunConfig } from './region-run-config.ts';
import { stageDirectory } from './stage-directory.ts';
import type { StageTensors } from './stage-file.ts';
import { stageParameters } from './stage-parameters.ts';
import { trainNetwork, type StageNetwork } from './train-network.ts';
import { trainRegressors } from './train-regressors.ts';
import { trainSvms } from './train-svms.ts';

/**
 * R-CNN and SPPnet in their stages (R-CNN, §2.3): proposals, fine-tuning, the features of all regions on disk, SVMs,
 * box regressors. A stage whose result is there is not done again, one that was interrupted goes on where it was. The
 * caller disposes the model.
 * @param onDamaged told of an image that cannot be decoded, which is then left out; may throw
 */
export async function trainRegions(
  directory: RunDirectory, config: RegionRunConfig, dataset: Dataset, engine: Engine, onDamaged: (error: Error) => void,
): Promise<RunModel> {
  const stage = stageDirectory(directory.root, config.model.finetuning === null ? 'pretrained' : 'finetuned', config.model.model);
  const extract = async ({ model, hash }: StageNetwork): Promise<RegionFeatures> => {
    const proposals = await searchImages(dataset.examples, config.proposals);
    const plan = await planRegions(dataset, config.model, { proposals, use: 'train', onDamaged });
    return extractPool5(model, hash, { plan, folder: stage.features(dataset.split), precision: 'float16', label: 'features' });
  };
  const network = await trainNetwork(config, { directory, stage, dataset, engine, onDamaged, extract });
  const { model } = network;
  const { classifier, regression } = config.model;
  if (classifier === 'svm' || regression !== null) {
    const features = await extract(network);
    const { features: layer } = config.model;
    const learn = (prefix: string, tensors: StageTensors): unknown => loadStateDict(model.parameters, stageParameters(prefix, tensors));
    if (classifier === 'svm') learn('svms', await trainSvms(model, features, { layer, file: stage.svms(layer), seed: config.seed }));
    if (regression !== null) learn('regressors', await trainRegressors(model, features, { regression, file: stage.regressors, seed: config.seed }));
  }
  writeModel(directory.model, model);
  return model;
}
