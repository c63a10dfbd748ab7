import { readFileSync } from 'node:fs';
import type { DetectorConfig } from '@rcnn/models';
import { readWeights as parseWeights, type StateDict, type WeightsFile } from '@rcnn/weights';
import { namedWeights } from './named-weights.ts';

/**
 * What a file of weights holds, under its own names: safetensors, PyTorch's `.pth`, Detectron2's `.pkl`, Caffe's `.caffemodel`.
 * @throws Error with the file's name, if it is missing, damaged or of another format
 */
export function readWeightsFile(file: string): WeightsFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${file}: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'expected a file, got a folder' : (error as Error).message}`, { cause: error });
  }
  return parseWeights(bytes, file);
}

/**
 * The weights in a file, under the names of a detector of this kind.
 * @throws Error with the file's name, if it is missing, damaged or of a network that is not known
 */
export function readWeights(file: string, model: DetectorConfig['model']): StateDict {
  return namedWeights(readWeightsFile(file).tensors, model, file);
}
