import { readFileSync } from 'node:fs';
import type { Dataset } from '@rcnn/datasets';
import { backboneNames, isFolded, smallFasterRcnn, type FasterRcnnConfig } from '@rcnn/models';
import { parse } from 'yaml';
import { merge, parseSetting } from './override.ts';
import { readWeights } from './read-weights.ts';
import { defaultTraining, parseRunConfig, type RunConfig } from './run-config.ts';

/** What the command line says of a run. */
export interface RunOptions {
  readonly backbone: string;
  readonly weights?: string | undefined;
  readonly config?: string | undefined;
  readonly set: readonly string[];
  readonly seed: number;
  /** Threads to compute gradients in, unless the configuration says otherwise. */
  readonly replicas: number;
}

/**
 * The configuration of a run: the defaults for this dataset, backbone and weights, then the file of `--config`, then each
 * `--set`, the later over the earlier.
 * @throws Error naming what is wrong and where
 */
export function composeConfig(dataset: Dataset, { backbone, weights, config, set, seed, replicas }: RunOptions): RunConfig {
  const defaults: RunConfig = {
    seed,
    data: { root: dataset.root, split: dataset.split },
    weights: weights ?? null,
    model: { ...smallFasterRcnn(dataset.classes, inputSize(dataset)) } as RunConfig['model'],
    training: { ...defaultTraining, replicas },
  };
  const fitting = settingsFor(weights);
  const model = { ...fitting, backbone: { name: backboneName(backbone), ...fitting.backbone } };
  const sources = [merge(defaults, { model }), config === undefined ? {} : readYaml(config), ...set.map(parseSetting)];
  return parseRunConfig(sources.reduce((base, overrides) => merge(base, overrides ?? {})), config ?? 'configuration');
}

/** A quarter of a VGA image at the most, so that a CPU can train; never above the size of the images. */
function inputSize(dataset: Dataset): { minSize: number; maxSize: number } {
  // Not as arguments of one Math.min: a dataset may have more images than a call may have arguments.
  const shorter = dataset.examples.reduce((least, { width, height }) => Math.min(least, width, height), 240);
  return { minSize: shorter, maxSize: Math.round((shorter * 4) / 3) };
}

function backboneName(name: string): FasterRcnnConfig['backbone']['name'] {
  const found = backboneNames.find((known) => known === name.replace(/-fpn$/, ''));
  if (found === undefined) {
    throw new Error(`option '--backbone': expected one of ${backboneNames.map((known) => `${known}-fpn`).join(', ')}, got ${name}`);
  }
  return found;
}

/** What the weights to start from were trained with; a model without any has no statistics to normalise by. */
function settingsFor(weights: string | undefined): { backbone: Partial<FasterRcnnConfig['backbone']>; image?: Partial<FasterRcnnConfig['image']> } {
  if (weights === undefined) return { backbone: { norm: 'folded' } };
  // PyTorch's come with batch norm, to be frozen, and see ImageNet's mean and deviation.
  if (!isFolded(readWeights(weights))) return { backbone: { norm: 'frozen' } };
  // Folded ones are TensorFlow's, with its padding and pixels in [−1, 1].
  return { backbone: { norm: 'folded', padding: 'tensorflow' }, image: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } };
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file}: no such file`);
  }
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : 'not YAML'}`);
  }
}
