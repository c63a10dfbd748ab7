import { existsSync } from 'node:fs';
import { createRng } from '@rcnn/geometry';
import { createDetector } from '@rcnn/models';
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

/**
 * Opens a run for detection, with test-time augmentation if that is asked for: its final model, or its last checkpoint if
 * training has not ended. The caller disposes the model.
 * @throws Error if there is neither
 */
export function openRun(root: string, augmentation?: Augmentation): OpenedRun {
  const directory = runDirectory(root);
  const config = readRunConfig(directory);
  const file = [directory.model, directory.checkpoint].find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${root}: found neither model.safetensors nor a checkpoint: has training begun?`);
  if (augmentation !== undefined) return { directory, config, model: openAugmented(config, file, augmentation) };
  const model = createDetector(config.model, createRng(config.seed));
  readModel(file, model);
  return { directory, config, model };
}
