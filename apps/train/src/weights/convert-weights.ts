import { detectorWeights, hasDetectron2Names, torchvisionNames } from '@rcnn/models';
import { writeSafetensors, type StateDict } from '@rcnn/weights';
import { writeAtomically } from '../atomic-write.ts';
import { outputFile } from '../output-place.ts';
import { readWeightsFile } from '../run/read-weights.ts';

/** What `rcnn weights convert` is told. */
export interface ConvertOptions {
  readonly out: string;
  /** Leave the names of a detector as they are. */
  readonly keepNames?: true;
}

/** What it did. */
export interface ConvertSummary {
  readonly out: string;
  readonly tensors: number;
  /** How many have another name than before. */
  readonly renamed: number;
}

/**
 * Writes the weights of a file as safetensors. A detector's tensors get the names that torchvision has now; those of
 * anything else keep theirs. Half precision becomes float32.
 * @throws Error with the file's name, if it cannot be read
 */
export function convertWeights(file: string, { out, keepNames }: ConvertOptions): ConvertSummary {
  if (!out.endsWith('.safetensors')) throw new Error(`option '--out': expected a name that ends in .safetensors, got ${out}`);
  outputFile(out);
  const { tensors } = readWeightsFile(file);
  const converted = keepNames ? tensors : namedAsNow(tensors);
  writeAtomically(out, writeSafetensors(converted, { format: 'pt' }));
  return { out, tensors: converted.size, renamed: [...converted.keys()].filter((name) => !tensors.has(name)).length };
}

function namedAsNow(tensors: StateDict): StateDict {
  return hasDetectron2Names(tensors) ? detectorWeights(tensors) : torchvisionNames(tensors);
}
