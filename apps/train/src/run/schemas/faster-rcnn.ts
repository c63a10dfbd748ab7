import { boxLossNames, type FasterRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { anchorsSchema, backboneSchema, checkLevels, classesSchema, imageSchema, pyramidSchema, rpnSchema } from './network-parts.ts';
import { count, fraction, positive } from './numbers.ts';

/** What the box heads of Faster R-CNN and of Cascade R-CNN have in common. */
export const pyramidBoxShape = {
  resolution: count, samplingRatio: z.int(), aligned: z.boolean(), canonicalSize: positive, canonicalLevel: z.int(), hidden: count,
  samples: count, positiveFraction: fraction, loss: z.enum(boxLossNames).default('smooth-l1'), beta: z.number().min(0),
  scoreThreshold: fraction, nmsThreshold: fraction, limit: count,
};

/** Weights of the box coding. */
export const codingWeights = z.tuple([positive, positive, positive, positive]);

/** What `config.yaml` may say of a Faster R-CNN. */
export const fasterRcnnSchema = z.strictObject({
  model: z.literal('faster-rcnn'),
  classes: classesSchema,
  image: imageSchema,
  backbone: backboneSchema,
  fpn: pyramidSchema,
  anchors: anchorsSchema,
  rpn: rpnSchema,
  box: z.strictObject({ ...pyramidBoxShape, convolutions: z.int().min(0), foreground: fraction, weights: codingWeights }),
}).superRefine(checkAnchors) satisfies z.ZodType<FasterRcnnConfig>;

/** Sizes of anchors for every level there is, as many on each. */
export function checkAnchors({ backbone, anchors }: Pick<FasterRcnnConfig, 'backbone' | 'anchors'>, context: z.core.$RefinementCtx): void {
  checkLevels(backbone.levels, anchors, context);
}
