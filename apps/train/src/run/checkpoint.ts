import { readFileSync } from 'node:fs';
import { loadStateDict, stateDict, type Detector } from '@rcnn/models';
import type { RngState } from '@rcnn/geometry';
import type { Optimizer } from '@rcnn/nn';
import { readSafetensors, toFloat32, writeSafetensors, type StateDict, type Weight } from '@rcnn/weights';
import { writeAtomically } from '../atomic-write.ts';

/** Where training stands beside the parameters and the optimiser's state. */
export interface Position {
  /** Steps done. */
  readonly step: number;
  /** Of the generators that sample anchors and regions, one a replica. */
  readonly rngs: readonly RngState[];
  /** The engine that computed so far: another one rounds differently. */
  readonly engine: string;
}

const optimizerPrefix = 'optimizer.';

/** Writes parameters, the optimiser's state and position as one file, whole or not at all. */
export function writeCheckpoint(file: string, model: Detector, optimizer: Optimizer, position: Position): void {
  const tensors = new Map<string, Weight>(stateDict(model.parameters));
  for (const [name, data] of optimizer.state()) tensors.set(optimizerPrefix + name, { shape: [data.length], data });
  writeAtomically(file, writeSafetensors(tensors, { position: JSON.stringify(position) }));
}

/** Puts model and optimiser where a checkpoint says. @throws Error with the file's name, if it does not fit or is damaged */
export function restoreCheckpoint(file: string, model: Detector, optimizer: Optimizer): Position {
  const { tensors, metadata } = readFile(file);
  try {
    const { missing } = loadStateDict(model.parameters, tensors);
    if (missing.length > 0) throw new Error(`expected "${missing[0]}" and ${missing.length - 1} more, found them missing`);
    const state = [...tensors].filter(([name]) => name.startsWith(optimizerPrefix));
    optimizer.restore(new Map(state.map(([name, weight]) => [name.slice(optimizerPrefix.length), toFloat32(weight).data])));
    return JSON.parse(metadata['position'] ?? '') as Position;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Writes the parameters alone. */
export function writeModel(file: string, model: Detector): void {
  writeAtomically(file, writeSafetensors(stateDict(model.parameters), { format: 'pt' }));
}

/**
 * Gives a model all its parameters from a file, `beside` those that the file does not have.
 * @throws Error with the file's name, if one is missing or does not fit
 */
export function readModel(file: string, model: Pick<Detector, 'parameters'>, beside: StateDict = new Map()): void {
  const { missing } = loadStateDict(model.parameters, new Map([...beside, ...readFile(file).tensors]));
  if (missing.length > 0) throw new Error(`${file}: expected the parameter "${missing[0]}" and ${missing.length - 1} more, found them missing`);
}

function readFile(file: string): { tensors: StateDict; metadata: Record<string, string> } {
  try {
    return readSafetensors(readFileSync(file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${file}: ${missing ? 'no such file' : (error as Error).message}`, { cause: error });
  }
}
