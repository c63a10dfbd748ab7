import type { RgbImage } from '@rcnn/geometry';
import { stageModel } from '../model/stage-model.ts';
import { detectUnsuppressed, type DetectUnsuppressedOutput } from '../network/detect-unsuppressed.ts';
import type { Task } from '../task.ts';

/** Detections of an image with all their overlaps. */
export const unsuppressedDetections: Task<{ readonly image: RgbImage }, DetectUnsuppressedOutput> = async ({ image }) => detectUnsuppressed(image, await stageModel());
