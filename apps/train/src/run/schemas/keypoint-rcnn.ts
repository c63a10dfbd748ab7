import { mirroredKeypoints } from '@rcnn/geometry';
import type { KeypointRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { checkAnchors, fasterRcnnSchema } from './faster-rcnn.ts';
import { count } from './numbers.ts';

const index = z.int().min(0);

/** Keypoints and their head; names on the left have one on the right, and a skeleton joins keypoints that there are. */
const keypointsSchema = z.strictObject({
  names: z.array(z.string().min(1)).min(1),
  skeleton: z.array(z.tuple([index, index])).optional(),
  resolution: count, layers: index, hidden: count,
}).superRefine(({ names, skeleton = [] }, context) => {
  try {
    mirroredKeypoints(names);
  } catch (error) {
    context.addIssue({ code: 'custom', path: ['names'], message: (error as Error).message });
  }
  const beyond = skeleton.flat().find((keypoint) => keypoint >= names.length);
  if (beyond !== undefined) context.addIssue({ code: 'custom', path: ['skeleton'], message: `expected keypoints from 0 to ${names.length - 1}, got ${beyond}` });
});

/** What `config.yaml` may say of a Keypoint R-CNN. */
export const keypointRcnnSchema = z.strictObject({
  ...fasterRcnnSchema.shape,
  model: z.literal('keypoint-rcnn'),
  keypoints: keypointsSchema,
}).superRefine(checkAnchors) satisfies z.ZodType<KeypointRcnnConfig>;
