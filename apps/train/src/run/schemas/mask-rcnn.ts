import { poolingNames, type MaskRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { checkAnchors, fasterRcnnSchema } from './faster-rcnn.ts';
import { count, fraction } from './numbers.ts';

/** What `config.yaml` may say of a Mask R-CNN. */
export const maskRcnnSchema = z.strictObject({
  ...fasterRcnnSchema.shape,
  model: z.literal('mask-rcnn'),
  pooling: z.enum(poolingNames),
  mask: z.strictObject({
    head: z.enum(['fcn', 'mlp']),
    resolution: count, layers: z.int().min(0), hidden: count,
    norm: z.enum(['frozen', 'trained', 'group', 'folded', 'none']),
    classes: z.enum(['independent', 'multinomial', 'agnostic']),
    targets: z.enum(['soft', 'binary']),
    threshold: fraction,
  }),
}).superRefine(checkAnchors) satisfies z.ZodType<MaskRcnnConfig>;
