import { poolingNames, type MaskRcnnConfig, type SingleMapMaskRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { checkAnchors, fasterRcnnSchema } from './faster-rcnn.ts';
import { anchorsSchema, backboneSchema, checkLevels, classesSchema, imageSchema, rpnSchema } from './network-parts.ts';
import { count, fraction } from './numbers.ts';
import { regionOperatorSchema } from './region-parts.ts';

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

/** What `config.yaml` may say of a Mask R-CNN on one map. */
export const singleMapMaskRcnnSchema = z.strictObject({
  model: z.literal('mask-rcnn-single-map'),
  classes: classesSchema,
  image: imageSchema,
  backbone: backboneSchema.refine(({ name, levels }) => /^res/.test(name) && levels[1] < 5, 'expected a ResNet whose levels end before 5: its next stage runs on the regions'),
  anchors: anchorsSchema,
  rpnChannels: count,
  rpn: rpnSchema,
  operator: regionOperatorSchema,
  box: fasterRcnnSchema.shape.box.pick({
    foreground: true, samples: true, positiveFraction: true, weights: true, beta: true, scoreThreshold: true, nmsThreshold: true, limit: true,
  }),
  mask: maskRcnnSchema.shape.mask.pick({ hidden: true, targets: true, threshold: true }).extend({ classes: z.enum(['independent', 'agnostic']) }),
}).superRefine(({ anchors }, context) => checkLevels(null, anchors, context)) satisfies z.ZodType<SingleMapMaskRcnnConfig>;
