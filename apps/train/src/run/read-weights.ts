import { readFileSync } from 'node:fs';
import { backboneWeights, networkWeights, type DetectorConfig } from '@rcnn/models';
import { readSafetensors, type StateDict } from '@rcnn/weights';

/**
 * The weights in a safetensors file, under the names of a detector of this kind.
 * @throws Error with the file's name, if it is missing, damaged or of a network that is not known
 */
export function readWeights(file: string, model: DetectorConfig['model']): StateDict {
  try {
    const { tensors } = readSafetensors(readFileSync(file));
    const ofRegions = model === 'rcnn' || model === 'sppnet';
    return ofRegions ? networkWeights(tensors, { prefix: 'backbone.' }) : backboneWeights(tensors);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${file}: ${missing ? 'no such file' : (error as Error).message}`, { cause: error });
  }
}
