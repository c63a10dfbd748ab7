import { existsSync } from 'node:fs';
import { createRng } from '@rcnn/geometry';
import { createDetector, type DetectorConfig } from '@rcnn/models';
import { chooseClassifier, type ClassifierName } from '../regions/post-hoc-run.ts';
import { openAugmented, type Augmentation } from './augmented-model.ts';
import { readModel } from './checkpoint.ts';
import type { RunConfig } from './run-config.ts';
import { readRunConfig, runDirectory, type RunDirectory } from './run-directory.ts';
import type { RunModel } from './run-model.ts';

/** A trained run: its configuration and its model. */
export interface OpenedRun {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly model: RunModel;
}

/** Options of {@link openRun}. */
export interface OpenOptions {
  /** Test-time augmentation, if any. */
  readonly augmentation?: Augmentation | undefined;
  /** Of a Fast R-CNN what scores its regions, if not what its configuration says. */
  readonly classifier?: ClassifierName | undefined;
}

/**
 * Opens a run for detection: its final model, or its last checkpoint if training has not ended. The caller disposes the model.
 * @throws Error if there is neither, or the classifier is none of its own
 */
export function openRun(root: string, { augmentation, classifier }: OpenOptions = {}): OpenedRun {
  const directory = runDirectory(root);
  const { config, svms } = chooseClassifier(directory, readRunConfig(directory), classifier);
  const file = [directory.model, directory.checkpoint].find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${root}: found neither model.safetensors nor a checkpoint: has training begun?`);
  const open = (each: DetectorConfig): RunModel => {
    const model = createDetector(each, createRng(config.seed));
    readModel(file, model, svms);
    return model;
  };
  return { directory, config, model: augmentation === undefined ? open(config.model) : openAugmented(config.model, open, augmentation) };
}
