import { existsSync, readFileSync } from 'node:fs';
import { readSafetensors, toFloat32, writeSafetensors, type StateDict } from '@rcnn/weights';
import { writeAtomically } from '../atomic-write.ts';

/** Tensors that a stage has learnt, and the key of what they were learnt from. */
export type StageTensors = StateDict;

/** Writes what a stage has learnt, whole or not at all. */
export function writeStage(file: string, key: string, tensors: StageTensors): void {
  writeAtomically(file, writeSafetensors(tensors, { key }));
}

/** What a stage has learnt before from the same: undefined if nothing, or if the file is damaged. */
export function readStage(file: string, key: string): StageTensors | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { tensors, metadata } = readSafetensors(readFileSync(file));
    return metadata['key'] === key ? tensors : undefined;
  } catch {
    return undefined;
  }
}

/** The numbers of a tensor. */
export function numbersOf(tensors: StageTensors, name: string): Float32Array {
  const weight = tensors.get(name);
  if (weight === undefined) throw new Error(`expected a tensor "${name}", found ${[...tensors.keys()].join(', ')}`);
  return toFloat32(weight).data;
}
