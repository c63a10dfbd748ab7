import { createRng } from '@rcnn/geometry';
import { cocoClasses, cocoKeypoints, createDetector, hasDetectron2Names, hasOldTorchvisionNames, loadStateDict, type Detector, type KeypointNames } from '@rcnn/models';
import type { StateDict } from '@rcnn/weights';
import { namedWeights } from '../run/named-weights.ts';
import { importedDetectorOf } from './imported-detectors.ts';

/** What {@link loadImported} may be told. */
export interface LoadImportedOptions {
  /** The file's name, for messages alone. */
  readonly file: string;
  /** Names of the classes 1…K; COCO's if the weights know as many, its person if they know one and keypoints. */
  readonly classes?: readonly string[] | undefined;
}

/**
 * A detector of torchvision's or Detectron2's by its name, with weights under their names, which are answered under the
 * detector's own. The caller disposes it.
 * @throws Error naming the option or the file at fault
 */
export function loadImported(
  name: string, tensors: StateDict, { file, classes }: LoadImportedOptions,
): { readonly model: Detector; readonly classes: readonly string[]; readonly weights: StateDict } {
  const detector = importedDetectorOf(name);
  const whose = hasDetectron2Names(tensors) ? 'Detectron2' : 'torchvision';
  if (whose !== detector.names) throw new Error(`${file}: expected weights under ${detector.names}'s names for ${name}, got ${whose}'s`);
  const source = namedWeights(tensors, 'faster-rcnn', file);
  const count = classesIn(source, file);
  if (classes !== undefined && classes.length !== count) throw new Error(`option '--classes': ${file} knows ${count} classes, got ${classes.length} names`);
  const keypoints = keypointsIn(source);
  const names = classes ?? (keypoints !== undefined && count === 1 ? ['person'] : classNames(count));
  const model = createDetector((hasOldTorchvisionNames(tensors) ? detector.released : detector.config)(names, keypoints), createRng(0));
  try {
    const { missing, unused } = loadStateDict(model.parameters, source);
    if (missing.length > 0) throw new Error(`expected the parameters of ${name}, found "${missing[0]}" and ${missing.length - 1} more missing`);
    const extra = unused.filter((tensor) => !tensor.endsWith('num_batches_tracked'));
    if (extra.length > 0) throw new Error(`expected the parameters of ${name}, found "${extra[0]}" and ${extra.length - 1} more that it does not have`);
  } catch (error) {
    model.dispose();
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  return { model, classes: names, weights: source };
}

/** How many classes a detector's last layer tells apart, the background not counted. */
function classesIn(source: StateDict, file: string): number {
  const bias = source.get('roi_heads.box_predictor.cls_score.bias');
  if (bias === undefined) throw new Error(`${file}: expected a detector with "roi_heads.box_predictor.cls_score.bias", found none`);
  return bias.shape[0] - 1;
}

/** COCO's keypoints of people where a detector finds as many; numbers otherwise; undefined if it finds none. */
function keypointsIn(source: StateDict): KeypointNames | undefined {
  const count = source.get('roi_heads.keypoint_predictor.kps_score_lowres.bias')?.shape[0];
  if (count === undefined) return undefined;
  if (count === cocoKeypoints.names.length) return cocoKeypoints;
  return { names: Array.from({ length: count }, (_, i) => `keypoint ${i + 1}`) };
}

/** COCO's names where there are 90 of them, or the 80 that its annotations use; numbers otherwise. */
function classNames(count: number): readonly string[] {
  const used = cocoClasses.filter((name) => name !== 'N/A');
  return [cocoClasses, used].find(({ length }) => length === count) ?? Array.from({ length: count }, (_, i) => `class ${i + 1}`);
}
