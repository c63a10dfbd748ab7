import { initialWeights, networkWeights, type DetectorConfig } from '@rcnn/models';
import type { StateDict } from '@rcnn/weights';

/** A file's tensors under the names of a detector of this kind. @throws Error with the file's name, if they are of a network that is not known */
export function namedWeights(tensors: StateDict, model: DetectorConfig['model'], file: string): StateDict {
  try {
    const ofRegions = model === 'rcnn' || model === 'sppnet';
    return ofRegions ? networkWeights(tensors, { prefix: 'backbone.' }) : initialWeights(tensors);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
