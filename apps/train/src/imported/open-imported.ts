import { readWeightsFile } from '../run/read-weights.ts';
import type { RunModel } from '../run/run-model.ts';
import { importedDetectorOf } from './imported-detectors.ts';
import { loadImported } from './load-imported.ts';

/** What `rcnn detect` is told of a detector that was trained elsewhere. */
export interface ImportedOptions {
  readonly model: string;
  readonly weights: string;
  /** Names of the classes 1…K; COCO's if the weights know as many. */
  readonly classes?: readonly string[] | undefined;
}

/**
 * A detector of torchvision's or Detectron2's with the weights in a file. The caller disposes it.
 * @throws Error naming the option or the file at fault
 */
export function openImported({ model, weights: file, classes }: ImportedOptions): { readonly model: RunModel; readonly classes: readonly string[] } {
  importedDetectorOf(model); // a name that is not known is said before a file is read
  return loadImported(model, readWeightsFile(file).tensors, { file, classes });
}
