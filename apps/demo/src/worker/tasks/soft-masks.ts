import type { RgbImage } from '@rcnn/geometry';
import { stageModel } from '../model/stage-model.ts';
import { detectMasks, type DetectMasksOutput } from '../network/detect-masks.ts';
import type { Task } from '../task.ts';

/** Detections of an image with their masks at the head's resolution. */
export const softMasks: Task<{ readonly image: RgbImage }, DetectMasksOutput> = async ({ image }) => detectMasks(image, await stageModel());
