import type { StateDict } from '@rcnn/weights';
import { backboneWeights } from '../backbone-weights.ts';
import { detectron2Names, hasDetectron2Names } from './detectron2-names.ts';
import { torchvisionNames } from './torchvision-names.ts';

/**
 * Weights under the names of the detectors here, whoever wrote them: a detector of torchvision's, under its present names or
 * its older ones, one of Detectron2's, or an ImageNet classifier, whose layers become those of the backbone.
 * @throws Error if the names are none of these
 */
export function detectorWeights(source: StateDict): StateDict {
  return backboneWeights(hasDetectron2Names(source) ? detectron2Names(source) : torchvisionNames(source));
}
