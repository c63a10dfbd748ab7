import type { CascadeRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { checkAnchors, codingWeights, fasterRcnnSchema, pyramidBoxShape } from './faster-rcnn.ts';
import { fraction } from './numbers.ts';

/** What `config.yaml` may say of a Cascade R-CNN. */
export const cascadeRcnnSchema = z.strictObject({
  ...fasterRcnnSchema.shape,
  model: z.literal('cascade-rcnn'),
  box: z.strictObject(pyramidBoxShape),
  stages: z.array(z.strictObject({ foreground: fraction, weights: codingWeights })).min(1),
}).superRefine(checkAnchors) satisfies z.ZodType<CascadeRcnnConfig>;
