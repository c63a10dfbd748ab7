import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import type { RunConfig } from './run-config.ts';
import type { RunDirectory } from './run-directory.ts';

/** What a training is of, and who hears of its damaged images. */
export interface TrainingSetting {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly onDamaged: (error: Error) => void;
}
