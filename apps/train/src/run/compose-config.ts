import { readFileSync } from 'node:fs';
import type { Dataset } from '@rcnn/datasets';
import { parse } from 'yaml';
import { merge, parseSetting } from './override.ts';
import { defaultTraining, parseRunConfig, type RunConfig } from './run-config.ts';
import { systemOf } from './systems.ts';

/** What the command line says of a run. */
export interface RunOptions {
  readonly model: string;
  readonly backbone?: string | undefined;
  readonly weights?: string | undefined;
  readonly config?: string | undefined;
  readonly set: readonly string[];
  readonly seed: number;
  readonly procedure?: 'joint' | 'alternating';
  /** Threads to compute gradients in, unless the configuration says otherwise. */
  readonly replicas: number;
}

/**
 * The configuration of a run: the system's defaults for this dataset, backbone and weights, then the file of `--config`, then each
 * `--set`, the later over the earlier.
 * @throws Error naming what is wrong and where
 */
export function composeConfig(dataset: Dataset, { model, backbone, weights, config, set, seed, procedure = 'joint', replicas }: RunOptions): RunConfig {
  const system = systemOf(model);
  const defaults: RunConfig = {
    seed,
    data: { root: dataset.root, split: dataset.split },
    weights: weights ?? null,
    proposals: system.proposals,
    model: system.defaults(dataset, { backbone: backbone ?? system.backbone, weights }),
    procedure,
    boxStatistics: null,
    training: { ...defaultTraining, replicas, ...system.training },
  };
  const settings = set.map(parseSetting);
  if (settings.some((setting) => Object.hasOwn(setting, 'data'))) throw new Error("option '--set': expected nothing of data, which --data and --split say");
  const withFile = merge(defaults, (config === undefined ? undefined : readYaml(config)) ?? {});
  // What is trained on is what is read, whatever a file says that was another run's.
  const whole = settings.reduce<unknown>(merge, merge(withFile, { data: defaults.data }));
  try {
    return parseRunConfig(whole, '');
  } catch {
    // The file is to blame for what is wrong without the settings too.
    if (config !== undefined) parseRunConfig(withFile, config);
    return parseRunConfig(whole, set.length > 0 ? "option '--set'" : (config ?? 'configuration'));
  }
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${file}: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'expected a file, got a folder' : message}`, { cause: error });
  }
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : 'not YAML'}`);
  }
}
