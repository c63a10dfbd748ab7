import type { FasterRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { anchorsSchema, backboneSchema, checkLevels, classesSchema, imageSchema, pyramidSchema, rpnSchema } from './network-parts.ts';
import { count, fraction, positive } from './numbers.ts';

/** What `config.yaml` may say of a Faster R-CNN. */
export const fasterRcnnSchema = z.strictObject({
  model: z.literal('faster-rcnn'),
  classes: classesSchema,
  image: imageSchema,
  backbone: backboneSchema,
  fpn: pyramidSchema,
  anchors: anchorsSchema,
  rpn: rpnSchema,
  box: z.strictObject({
    resolution: count, samplingRatio: z.int(), aligned: z.boolean(), canonicalSize: positive, canonicalLevel: z.int(),
    hidden: count, convolutions: z.int().min(0), foreground: fraction, samples: count, positiveFraction: fraction,
    weights: z.tuple([positive, positive, positive, positive]), beta: z.number().min(0), scoreThreshold: fraction,
    nmsThreshold: fraction, limit: count,
  }),
}).superRefine(checkAnchors) satisfies z.ZodType<FasterRcnnConfig>;

/** Sizes of anchors for every level there is, as many on each. */
export function checkAnchors({ backbone, anchors }: Pick<FasterRcnnConfig, 'backbone' | 'anchors'>, context: z.core.$RefinementCtx): void {
  checkLevels(backbone.levels, anchors, context);
}
