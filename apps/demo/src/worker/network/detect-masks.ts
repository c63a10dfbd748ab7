import { createRng, type Boxes, type RgbImage } from '@rcnn/geometry';
import { loadStateDict, maskRcnn } from '@rcnn/models';
import type { OpenedModel } from './trunk.ts';

/** The model's detections with their masks as the head gives them, before they are laid into the image. */
export interface DetectMasksOutput {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
  readonly labels: Int32Array;
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  /** [R, m, m] */
  readonly probabilities: Float32Array;
  /** m */
  readonly side: number;
}

/** Detects objects, and reads their masks at the head's resolution. */
export async function detectMasks(image: RgbImage, { config, weights }: OpenedModel): Promise<DetectMasksOutput> {
  const detector = maskRcnn(config, createRng(0));
  loadStateDict(detector.parameters, weights);
  const [{ boxes, scores, labels, probabilities }] = await detector.detectSoft([image]);
  detector.dispose();
  return { boxes, scores, labels, classes: config.classes, probabilities, side: 2 * config.mask.resolution };
}
