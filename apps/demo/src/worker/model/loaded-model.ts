import type { SearchSettings } from '@rcnn/cli/browser';
import type { Detector, DetectorConfig } from '@rcnn/models';
import type { StateDict } from '@rcnn/weights';

/** A detector in the worker, ready to detect. */
export interface LoadedModel {
  /** What the page calls it. */
  readonly name: string;
  readonly detector: Detector;
  readonly config: DetectorConfig;
  /** Its parameters, and what else the file holds, under the detector's names and in PyTorch's layouts. */
  readonly weights: StateDict;
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  /** The search that its regions come from; null if it proposes them itself. */
  readonly search: SearchSettings | null;
}
