import type { KeypointNames } from '@rcnn/models';
import { keypointNamesOf } from '../run/keypoint-names.ts';
import { readWeightsFile } from '../run/read-weights.ts';
import type { RunModel } from '../run/run-model.ts';
import { importedDetectorOf } from './imported-detectors.ts';
import { loadImported } from './load-imported.ts';

/** What `rcnn detect` is told of a detector that was trained elsewhere. */
export interface ImportedOptions {
  readonly model: string;
  readonly weights: string;
  /** As `loadImported` has them. */
  readonly classes?: readonly string[] | undefined;
}

/** A detector, and what it tells apart. */
export interface OpenedDetector {
  readonly model: RunModel;
  readonly classes: readonly string[];
  readonly keypoints: KeypointNames | undefined;
}

/**
 * A detector of torchvision's or Detectron2's with the weights in a file. The caller disposes it.
 * @throws Error naming the option or the file at fault
 */
export function openImported({ model, weights: file, classes }: ImportedOptions): OpenedDetector {
  importedDetectorOf(model); // a name that is not known is said before a file is read
  const loaded = loadImported(model, readWeightsFile(file).tensors, { file, classes });
  return { model: loaded.model, classes: loaded.classes, keypoints: keypointNamesOf(loaded.model.config) };
}
