import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { fastRcnn, loadStateDict } from '@rcnn/models';
import { readModel, writeModel } from '../run/checkpoint.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { RunModel } from '../run/run-model.ts';
import { trainRun } from '../run/train-run.ts';
import type { FastRcnnRunConfig } from './post-hoc-run.ts';
import { trainPostHocSvms } from './train-post-hoc-svms.ts';

/**
 * Fast R-CNN with SVMs in place of its softmax (§5.4): the network first, as ever, then the SVMs on its features. A stage whose
 * result is there is not done again, one that was interrupted goes on where it was. The caller disposes the model.
 * @param onDamaged told of an image that cannot be decoded, which is then left out; may throw
 */
export async function trainFastWithSvms(
  directory: RunDirectory, config: FastRcnnRunConfig, dataset: Dataset, engine: Engine, onDamaged: (error: Error) => void,
): Promise<RunModel> {
  const network = join(directory.svms, 'network.safetensors');
  mkdirSync(directory.svms, { recursive: true });
  if (!existsSync(network)) (await trainRun({ ...directory, model: network }, config, dataset, engine, onDamaged)).dispose();
  const model = fastRcnn(config.model, createRng(config.seed));
  readModel(network, model);
  loadStateDict(model.parameters, await trainPostHocSvms(model, config, { directory, dataset, onDamaged }));
  writeModel(directory.model, model);
  return model;
}
