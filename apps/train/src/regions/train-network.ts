import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import { loadStateDict, stateDict, type RegionDetector } from '@rcnn/models';
import { toFloat32 } from '@rcnn/weights';
import { readModel, writeModel } from '../run/checkpoint.ts';
import { loadWeights } from '../run/replica.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { trainRun } from '../run/train-run.ts';
import { fineTuneLayers } from './fine-tune-layers.ts';
import type { RegionFeatures } from './region-features.ts';
import { createRegionDetector, type RegionRunConfig } from './region-run-config.ts';
import { scaleOf } from './scale-of.ts';
import type { StageDirectory } from './stage-directory.ts';

/** A network whose features are to be learnt from, and the hash of the parameters that pool5 depends on. */
export interface StageNetwork {
  readonly model: RegionDetector;
  readonly hash: string;
}

/** What {@link trainNetwork} needs. */
export interface TrainNetworkOptions {
  readonly directory: RunDirectory;
  readonly stage: StageDirectory;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly onDamaged: (error: Error) => void;
  /** The features of the regions of the training set. */
  readonly extract: (network: StageNetwork) => Promise<RegionFeatures>;
}

/**
 * The first stage: the network fine-tuned as a classifier of regions, from its checkpoint if there is one, of SPPnet the layers
 * above its convolutions alone, on features extracted before; or, where there
 * is to be no fine-tuning, the pre-trained one. What is there already is read. The caller disposes the model.
 */
export async function trainNetwork(config: RegionRunConfig, { directory, stage, dataset, engine, onDamaged, extract }: TrainNetworkOptions): Promise<StageNetwork> {
  if (!existsSync(stage.network)) {
    const layersAlone = config.model.model === 'sppnet';
    if (config.model.finetuning === null || layersAlone) {
      const model = createRegionDetector(config);
      if (config.weights !== null) loadWeights(model, config.weights);
      if (layersAlone && config.model.finetuning !== null) {
        const features = await extract({ model, hash: hashBelowPool5(model) });
        await scaleFc6(model, features, config.seed);
        await fineTuneLayers(model, config, { directory, features, engine });
      }
      writeModel(stage.network, model);
      model.dispose();
    } else {
      const model = await trainRun({ ...directory, model: stage.network }, config, dataset, engine, onDamaged);
      model.dispose();
    }
  }
  const model = createRegionDetector(config);
  readModel(stage.network, model);
  return { model, hash: hashBelowPool5(model) };
}

/** Brings what an SPPnet's fc6 reads to the norm that its settings ask for. */
async function scaleFc6(model: RegionDetector, features: RegionFeatures, seed: number): Promise<void> {
  const { config } = model;
  if (config.model !== 'sppnet' || config.fc6Norm === null) return;
  const scale = await scaleOf(model, features, { layer: 'pool5', norm: config.fc6Norm, seed });
  const buffer = new Map([['spp.scale', { shape: [1], data: Float32Array.of(scale) }]]);
  loadStateDict(model.parameters.filter(({ name }) => buffer.has(name)), buffer);
}

/**
 * Of the convolutions alone: where fine-tuning leaves them as they were, as SPPnet's does, the features before it serve after
 * it too.
 */
function hashBelowPool5({ parameters }: RegionDetector): string {
  const above = /^(backbone\.(fc[67]|classifier)|spp|cls_score|svms|regressors)\./;
  const hash = createHash('sha256');
  for (const [name, weight] of stateDict(parameters.filter((parameter) => !above.test(parameter.name)))) {
    const { data } = toFloat32(weight);
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
