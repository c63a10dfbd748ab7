import type { RgbImage } from '@rcnn/geometry';
import { stageTrunk } from '../model/stage-model.ts';
import { readFeatures, type ReadFeaturesOutput } from '../network/read-features.ts';
import type { Task } from '../task.ts';

/** The feature maps of an image. */
export const featureMaps: Task<{ readonly image: RgbImage }, ReadFeaturesOutput> = async ({ image }) => readFeatures(image, await stageTrunk());
