import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@rcnn/datasets';
import { readExampleImage } from '@rcnn/datasets/node';
import type { Engine } from '@rcnn/engine';
import { createRng, type Boxes } from '@rcnn/geometry';
import {
  createDetector, detectionStep, proposalStart, proposalStep, unifiedParameters, withSharedLayersFixed,
  type AlternatingConfig, type Detector, type DetectorConfig, type RegionProposalNetworkConfig,
} from '@rcnn/models';
import { readSafetensors, writeSafetensors, type StateDict } from '@rcnn/weights';
import { stringify } from 'yaml';
import { writeAtomically } from '../atomic-write.ts';
import { createProgress } from '../progress.ts';
import { readModel } from './checkpoint.ts';
import { withBoxStatistics } from './box-statistics.ts';
import { parseRunConfig, type RunConfig } from './run-config.ts';
import { createRun, readRunConfig, runDirectory, type RunDirectory } from './run-directory.ts';
import { trainRun } from './train-run.ts';
import type { TrainingSetting } from './training-setting.ts';

/**
 * 4-step alternating training (Faster R-CNN, §3.2): 1. the region proposal network by itself; 2. Fast R-CNN on its proposals,
 * from the same pre-trained weights; 3. the proposal network again on the layers of 2, which stay fixed; 4. Fast R-CNN's
 * own layers on the new proposals. Each step is a run of its own in the run's directory, and goes on where it stopped. The
 * caller disposes the model.
 */
export async function trainAlternating(
  directory: RunDirectory, config: RunConfig, dataset: Dataset, engine: Engine, onDamaged: (error: Error) => void,
): Promise<Detector> {
  const setting = { directory, config, dataset, engine, onDamaged };
  const model = alternatingModel(config);
  const proposals = proposalStep(model);
  const detection = detectionStep(model);
  const first = await trainStep(setting, 1, proposals, config.weights);
  const second = await trainStep(setting, 2, detection, config.weights, () => proposeAll(setting, proposals, first));
  const start = join(directory.root, 'step-3-start.safetensors');
  writeTensors(start, proposalStart(tensorsOf(first), tensorsOf(second)));
  const third = await trainStep(setting, 3, withSharedLayersFixed(proposals), start);
  const fourth = await trainStep(setting, 4, withSharedLayersFixed(detection), second.model, () => proposeAll(setting, proposals, third));
  const unifiedConfig = withStatisticsOf(config, readRunConfig(fourth));
  // Before the model: a run that has a model is whole.
  if (unifiedConfig !== config) writeAtomically(directory.config, stringify(unifiedConfig));
  writeTensors(directory.model, unifiedParameters(tensorsOf(third), tensorsOf(fourth)));
  const unified = createDetector(unifiedConfig.model, createRng(config.seed));
  readModel(directory.model, unified);
  return unified;
}

/** A run's configuration with the statistics that its last step normalised by, if it asks for any. */
function withStatisticsOf(config: RunConfig, { model: last }: RunConfig): RunConfig {
  const { model, boxStatistics } = config;
  if (boxStatistics === null || model.model !== 'faster-rcnn-single-map' || last.model !== 'fast-rcnn') return config;
  return { ...config, model: { ...model, box: { ...model.box, targets: last.box.targets } } };
}

function alternatingModel({ model, boxStatistics }: RunConfig): AlternatingConfig {
  const known: DetectorConfig = model;
  if (known.model === 'faster-rcnn' && boxStatistics !== null) {
    throw new Error('configuration: boxStatistics: expected null for a Faster R-CNN with a pyramid, whose targets have fixed weights, or a Faster R-CNN on one map');
  }
  if (known.model === 'faster-rcnn' || known.model === 'faster-rcnn-single-map') return known;
  throw new Error(`procedure: expected a Faster R-CNN for alternating training, got ${known.model}`);
}

/** A step's run: what there is of it is not done again. */
async function trainStep(
  { directory, config, dataset, engine, onDamaged }: TrainingSetting, step: number, model: DetectorConfig, weights: string | null,
  proposals?: () => Promise<ReadonlyMap<string, Boxes>>,
): Promise<RunDirectory> {
  const place = runDirectory(join(directory.root, `step-${step}`));
  if (existsSync(place.model)) return place;
  process.stderr.write(`step ${step} of 4: ${model.model === 'rpn' ? 'region proposals' : 'detection'}${step > 2 ? ', shared layers fixed' : ''}\n`);
  const regions = await proposals?.();
  const begun = existsSync(place.config);
  const own = begun ? readRunConfig(place) : stepConfig();
  if (!begun) createRun(place.root, own);
  (await trainRun(place, own, dataset, engine, onDamaged, regions)).dispose();
  return place;

  function stepConfig(): RunConfig {
    const common = { ...config, model, weights, procedure: 'joint', proposals: null };
    if (regions === undefined) return parseRunConfig({ ...common, boxStatistics: null }, directory.config);
    return withBoxStatistics(parseRunConfig(common, directory.config), dataset, regions);
  }
}

/** The proposals of every image, as many as training asks for. */
async function proposeAll({ config, dataset, onDamaged }: TrainingSetting, model: RegionProposalNetworkConfig, { model: file }: RunDirectory): Promise<ReadonlyMap<string, Boxes>> {
  const network = createDetector({ ...model, rpn: { ...model.rpn, test: model.rpn.train } }, createRng(config.seed));
  readModel(file, network);
  const progress = createProgress({ label: 'proposals', total: dataset.examples.length, unit: 'images' });
  const found = new Map<string, Boxes>();
  try {
    for (const example of dataset.examples) {
      try {
        const [{ boxes }] = await network.detect([await readExampleImage(example)]);
        found.set(example.file, boxes);
      } catch (error) {
        onDamaged(error as Error);
      }
      progress.advance();
    }
  } finally {
    progress.finish();
    network.dispose();
  }
  return found;
}

function tensorsOf({ model }: RunDirectory): StateDict {
  return readSafetensors(readFileSync(model)).tensors;
}

function writeTensors(file: string, tensors: StateDict): void {
  writeAtomically(file, writeSafetensors(tensors, { format: 'pt' }));
}
