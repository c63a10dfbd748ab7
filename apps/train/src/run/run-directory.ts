import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { writeAtomically } from '../atomic-write.ts';
import { outputFolder } from '../output-place.ts';
import { parseRunConfig, type RunConfig } from './run-config.ts';

/** The files of a run. */
export interface RunDirectory {
  readonly root: string;
  readonly config: string;
  /** Everything that `--resume` needs. */
  readonly checkpoint: string;
  /** The parameters alone, as a state dict in torchvision's names. */
  readonly model: string;
  readonly metrics: string;
  readonly evaluation: (split: string) => string;
  /** What `report.html` shows of the last evaluation. */
  readonly reportEvaluation: string;
  /** The stages of a Fast R-CNN's SVMs: `svms.safetensors`, and what they were learnt from. */
  readonly svms: string;
  /** The table of the variants of an R-CNN, SPPnet or Fast R-CNN. */
  readonly ablations: (split: string) => string;
}

/** Where the files of the run at `root` are. */
export function runDirectory(root: string): RunDirectory {
  return {
    root,
    config: join(root, 'config.yaml'),
    checkpoint: join(root, 'checkpoint.safetensors'),
    model: join(root, 'model.safetensors'),
    metrics: join(root, 'metrics.jsonl'),
    evaluation: (split) => join(root, `evaluation-${split}.json`),
    reportEvaluation: join(root, 'report-evaluation.json'),
    svms: join(root, 'svms'),
    ablations: (split) => join(root, `ablations-${split}.json`),
  };
}

/**
 * A new run's directory with its configuration; one whose training failed before its first step may be used again.
 * @throws Error if there is something else in it
 */
export function createRun(root: string, config: RunConfig): RunDirectory {
  const directory = runDirectory(root);
  refuseBegun(directory);
  outputFolder(root);
  writeAtomically(directory.config, stringify(config));
  return directory;
}

/** @throws Error if there is a run in its directory, or something else, or a file in its place */
export function refuseBegun({ root, config, metrics }: RunDirectory): void {
  const begun = (name: string): boolean => {
    const file = join(root, name);
    return file !== config && !name.endsWith('.partial') && !(file === metrics && statSync(file).size === 0);
  };
  if (existsSync(root) && readdirSync(outputFolder(root)).some(begun)) {
    throw new Error(`${root}: expected an empty or new folder, found files; --resume goes on with a run`);
  }
}

/** The configuration of a run. @throws Error if there is none, or it is damaged */
export function readRunConfig({ root, config }: RunDirectory): RunConfig {
  if (!existsSync(config)) throw new Error(`${root}: expected the directory of a run, found no config.yaml in it`);
  let value: unknown;
  try {
    value = parse(readFileSync(config, 'utf8'));
  } catch (error) {
    throw new Error(`${config}: ${error instanceof Error ? error.message.split('\n')[0] : 'not YAML'}`, { cause: error });
  }
  return parseRunConfig(value, config);
}
