import { readFileSync } from 'node:fs';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { compressDetector, type DetectorConfig } from '@rcnn/models';
import { readSafetensors, writeSafetensors, type StateDict } from '@rcnn/weights';
import { writeAtomically } from '../atomic-write.ts';
import { parseRunConfig } from './run-config.ts';
import { createRun, readRunConfig, runDirectory } from './run-directory.ts';

/** What `rcnn compress` is told. */
export interface CompressOptions {
  readonly run: string;
  readonly ranks: string;
  readonly out: string;
  readonly engine?: string;
}

/** Writes a run whose model is another's with fc6 and fc7 of the ranks given. */
export async function compress({ run, ranks, out, engine }: CompressOptions): Promise<{ run: string; parametersBefore: number; parameters: number }> {
  const wanted = ranks.split(',').map(Number);
  if (wanted.length !== 2 || wanted.some((rank) => !Number.isInteger(rank) || rank < 1)) {
    throw new Error(`option '--ranks': expected two whole numbers like 1024,256, got ${ranks}`);
  }
  const directory = runDirectory(run);
  const config = readRunConfig(directory);
  const model: DetectorConfig = config.model;
  if (model.model !== 'fast-rcnn' && model.model !== 'faster-rcnn-single-map') {
    throw new Error(`${run}: expected a Fast R-CNN or a Faster R-CNN on one map, got ${model.model}`);
  }
  await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  // SVMs belong to the features that they have learnt from: those of thinner layers are others.
  const state = new Map([...readModel(directory.model)].filter(([name]) => !name.startsWith('svms.')));
  const thin = compressDetector(model, state, [wanted[0], wanted[1]], createRng(config.seed));
  const compressed = thin.config.model === 'fast-rcnn' ? { ...thin.config, classifier: 'softmax' } : thin.config;
  const target = createRun(out, parseRunConfig({ ...config, model: compressed }, directory.config));
  writeAtomically(target.model, writeSafetensors(thin.state, { format: 'pt' }));
  return { run: out, parametersBefore: count(state), parameters: count(thin.state) };
}

function readModel(file: string): StateDict {
  try {
    return readSafetensors(readFileSync(file)).tensors;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${file}: ${missing ? 'no such file: has training ended?' : (error as Error).message}`, { cause: error });
  }
}

function count(state: StateDict): number {
  return [...state.values()].reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}
