import { keypointNamesOf } from '@rcnn/cli/browser';
import type { KeypointNames } from '@rcnn/models';
import { bundledModel } from '../model/bundled-model.ts';
import { replaceModel, type ModelSource } from '../model/current-model.ts';
import { importedModel } from '../model/imported-model.ts';
import type { LoadedModel } from '../model/loaded-model.ts';
import { runModel, type NamedBytes } from '../model/run-model.ts';
import type { Task } from '../task.ts';

/** What the page shows of a model. */
export interface ModelSummary {
  readonly name: string;
  readonly system: string;
  readonly classes: readonly string[];
  /** What the keypoints that it finds are called, and which a line joins, if it finds any. */
  readonly keypoints: KeypointNames | undefined;
}

/** Opens a model from the user's files: a run's `model.safetensors` and `config.yaml`, or weights of others; none: the page's own. */
export const openModel: Task<{ readonly files: readonly File[] }, ModelSummary> = async ({ files }, { progress, breathe }) => {
  progress(0.1, 'reading the files');
  const named = await Promise.all(files.map(async (file): Promise<NamedBytes> => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  await breathe();
  progress(0.4, 'building the model');
  return summaryOf(await replaceModel(sourceOf(named)));
};

/** What the page shows of a model. */
export function summaryOf({ name, config, classes }: LoadedModel): ModelSummary {
  return { name, system: config.model, classes, keypoints: keypointNamesOf(config) };
}

/** How the files are to be read. @throws Error naming what is missing or too much */
export function sourceOf(files: readonly NamedBytes[]): ModelSource {
  const isConfig = ({ name }: NamedBytes): boolean => /\.ya?ml$/i.test(name);
  const [configs, weights] = [files.filter(isConfig), files.filter((file) => !isConfig(file))];
  if (files.length === 0) return bundledModel;
  if (configs.length > 1 || weights.length !== 1) {
    throw new Error(`expected one file of weights, with config.yaml if it is a run's, got ${files.map(({ name }) => name).join(', ')}`);
  }
  return configs.length === 1 ? runModel(weights[0].name, weights[0], configs[0]) : importedModel(weights[0]);
}
