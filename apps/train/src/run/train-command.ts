import { availableParallelism } from 'node:os';
import { formatProblem, type Dataset } from '@rcnn/datasets';
import { asEngineName, prepareEngine, type Engine, type EngineName } from '@rcnn/engine';
import type { Boxes } from '@rcnn/geometry';
import { duration } from '../progress.ts';
import { removeAbandoned } from '../remove-abandoned.ts';
import { isRegionRun } from '../regions/region-run-config.ts';
import { isFastRcnnRun } from '../regions/post-hoc-run.ts';
import { trainFastWithSvms } from '../regions/train-fast-with-svms.ts';
import { trainRegions } from '../regions/train-regions.ts';
import { searchImages } from '../proposals/search-images.ts';
import { withBoxStatistics } from './box-statistics.ts';
import { composeConfig } from './compose-config.ts';
import { damageReporter } from './damage-reporter.ts';
import type { RunConfig } from './run-config.ts';
import { sharedKeypointNames } from './keypoint-names.ts';
import { createRun, readRunConfig, refuseBegun, runDirectory, type RunDirectory } from './run-directory.ts';
import type { RunModel } from './run-model.ts';
import { readTrainingSplit } from './read-training-split.ts';
import { systemOf } from './systems.ts';
import { trainAlternating } from './train-alternating.ts';
import { trainRun } from './train-run.ts';
import { trainingSteps } from './training-steps.ts';
import { withRunClasses } from './with-run-classes.ts';
import { writeRunReport } from './write-run-report.ts';

/** What `rcnn train` is told. */
export interface TrainOptions {
  readonly data?: string;
  readonly split?: string;
  readonly model: string;
  readonly backbone?: string;
  readonly weights?: string;
  readonly out: string;
  readonly resume?: true;
  readonly config?: string;
  readonly set: readonly string[];
  readonly seed: number;
  readonly procedure?: 'joint' | 'alternating';
  readonly engine?: string;
  readonly onProblem: 'skip' | 'refuse';
}

/** What `rcnn train --json` prints. */
export interface TrainSummary {
  readonly run: string;
  readonly report: string;
  readonly engine: string;
  readonly images: number;
  readonly seconds: number;
}

/** Trains a new run or goes on with one, and writes its report. */
export async function train(options: TrainOptions): Promise<TrainSummary> {
  systemOf(options.model);
  const resumed = options.resume ? readRunConfig(runDirectory(options.out)) : undefined;
  if (resumed !== undefined) removeAbandoned(options.out);
  else refuseBegun(runDirectory(options.out)); // before a search that may take long
  const root = options.data ?? resumed?.data.root;
  if (root === undefined) throw new Error("option '--data' is missing: the folder with the dataset");
  const keypoints = (resumed?.model.model ?? options.model) === 'keypoint-rcnn';
  const read = await readTrainingSplit(root, options.split ?? resumed?.data.split, { onProblem: options.onProblem, keypoints });
  const dataset = resumed ? withRunClasses(read, resumed.model.classes) : read;
  for (const problem of dataset.problems) process.stderr.write(`skipped ${formatProblem(problem)}\n`);
  if (dataset.examples.length === 0) throw new Error(`${root}: no image to train on in ${dataset.split}`);
  const engine = await prepareEngine(options.engine === undefined ? {} : { engine: asEngineName(options.engine) });
  const config = resumed ?? (await withStatistics(composeConfig(dataset, { ...options, replicas: defaultReplicas(engine.name) }), dataset));
  if (dataset.classes.join() !== config.model.classes.join()) {
    throw new Error(`${root}: the run knows the classes ${config.model.classes.join(', ')}, the dataset has ${dataset.classes.join(', ')}`);
  }
  if (!isRegionRun(config) || config.model.finetuning !== null) trainingSteps(config.training, dataset.examples.length);
  sharedKeypointNames(config.model, dataset);
  process.stderr.write(`engine ${engine.name} (${engine.reason}); ${dataset.examples.length} images of ${dataset.split}\n`);
  const directory = resumed ? runDirectory(options.out) : createRun(options.out, config);
  const began = performance.now();
  const onDamaged = damageReporter(options.onProblem);
  const model = await trainAs(config, directory, dataset, engine, onDamaged);
  model.dispose();
  const seconds = Math.round((performance.now() - began) / 1000);
  const report = writeRunReport(directory);
  process.stderr.write(`trained in ${duration(seconds)}: ${directory.model}, ${report}\n`);
  return { run: directory.root, report, engine: engine.name, images: dataset.examples.length, seconds };
}

/** Trains in the way that a configuration asks for: in stages, in turn, or all together. */
function trainAs(config: RunConfig, directory: RunDirectory, dataset: Dataset, engine: Engine, onDamaged: (error: Error) => void): Promise<RunModel> {
  if (isRegionRun(config)) return trainRegions(directory, config, dataset, engine, onDamaged);
  if (isFastRcnnRun(config) && config.model.classifier === 'svm') return trainFastWithSvms(directory, config, dataset, engine, onDamaged);
  return (config.procedure === 'alternating' ? trainAlternating : trainRun)(directory, config, dataset, engine, onDamaged);
}

/** The configuration with the statistics of the boxes that its search proposes, if it asks for any and its model has them from there. */
async function withStatistics(config: RunConfig, dataset: Dataset): Promise<RunConfig> {
  if (config.boxStatistics === null || config.procedure === 'alternating') return config;
  const proposals = config.proposals === null ? new Map<string, Boxes>() : await searchImages(dataset.examples, config.proposals);
  return withBoxStatistics(config, dataset, proposals);
}

/** libtensorflow uses every core by itself, the others one core most of the time. Two replicas share the default batch. */
function defaultReplicas(engine: EngineName): number {
  return engine === 'onnx' || engine === 'wasm' || engine === 'cpu' ? Math.min(2, availableParallelism()) : 1;
}
