import { createRng, type Boxes, type RgbImage } from '@rcnn/geometry';
import { loadStateDict, maskRcnn } from '@rcnn/models';
import type { OpenedModel } from './trunk.ts';

/** What {@link detectUnsuppressed} finds, best first. */
export interface DetectUnsuppressedOutput {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
  readonly labels: Int32Array;
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
}

/** The model's detections as its box head gives them: no box suppresses another, whatever they overlap. */
export async function detectUnsuppressed(image: RgbImage, { config, weights }: OpenedModel): Promise<DetectUnsuppressedOutput> {
  const detector = maskRcnn({ ...config, box: { ...config.box, nmsThreshold: 1 } }, createRng(0));
  loadStateDict(detector.parameters, weights);
  const [{ boxes, scores, labels }] = await detector.detectSoft([image]);
  detector.dispose();
  return { boxes, scores, labels, classes: config.classes };
}
