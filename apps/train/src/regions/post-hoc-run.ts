import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastRcnnConfig } from '@rcnn/models';
import { readSafetensors, type StateDict } from '@rcnn/weights';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import type { RunConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { stageParameters } from './stage-parameters.ts';

/** What may score the regions of a Fast R-CNN. */
export const classifierNames = ['softmax', 'svm'] as const;

/** One of {@link classifierNames}. */
export type ClassifierName = (typeof classifierNames)[number];

/** The configuration of a run of Fast R-CNN, on whose features SVMs can be trained. */
export interface FastRcnnRunConfig extends RunConfig {
  readonly model: Extract<RunConfig['model'], FastRcnnConfig>;
  readonly proposals: SearchSettings;
}

/** Whether a run is one of Fast R-CNN that has a search for its regions. */
export function isFastRcnnRun(config: RunConfig): config is FastRcnnRunConfig {
  return config.model.model === 'fast-rcnn' && config.proposals !== null;
}

/** The same run with another classifier. */
export function withClassifier(config: FastRcnnRunConfig, classifier: ClassifierName): FastRcnnRunConfig {
  return { ...config, model: { ...config.model, classifier } };
}

/** Where the SVMs of a run are. */
export const svmsFile = ({ svms }: Pick<RunDirectory, 'svms'>): string => join(svms, 'svms.safetensors');

/** A run's configuration with the classifier asked for, and the SVMs that its parameters do not have yet. */
export interface ChosenClassifier {
  readonly config: RunConfig;
  readonly svms?: StateDict;
}

/**
 * A run as its configuration says or, of Fast R-CNN, with the classifier asked for: the SVMs that `rcnn eval --ablations` has
 * trained on a run with a softmax, the softmax of one with SVMs.
 * @throws Error if the run is not one of Fast R-CNN, or its SVMs are not trained
 */
export function chooseClassifier(directory: RunDirectory, config: RunConfig, classifier?: ClassifierName): ChosenClassifier {
  const { root } = directory;
  if (!isFastRcnnRun(config)) {
    if (classifier !== undefined) throw new Error(`option '--classifier': expected a run of fast-rcnn with a search for its regions, got ${root}, one of ${config.model.model}`);
    return { config };
  }
  const own = config.model.classifier;
  const wanted = classifier ?? own;
  if (wanted === 'svm' && own === 'svm' && !existsSync(directory.model)) {
    throw new Error(`${root}: its SVMs are not trained yet; rcnn train --resume goes on, --classifier softmax does without them`);
  }
  return { config: withClassifier(config, wanted), ...(wanted === 'svm' && own === 'softmax' && { svms: readSvms(directory) }) };
}

function readSvms(directory: RunDirectory): StateDict {
  const file = svmsFile(directory);
  try {
    return stageParameters('svms', readSafetensors(readFileSync(file)).tensors);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(missing ? `${directory.root}: has no SVMs; rcnn eval --run ${directory.root} --ablations trains them` : `${file}: ${(error as Error).message}`, { cause: error });
  }
}
