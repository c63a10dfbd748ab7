import type { RegionProposalNetworkConfig, SingleMapFasterRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { anchorsSchema, backboneSchema, checkLevels, classesSchema, imageSchema, networkBackboneSchema, pyramidSchema, rpnSchema } from './network-parts.ts';
import { count } from './numbers.ts';
import { regionBoxSchema, regionsSchema } from './region-parts.ts';

/** What `config.yaml` may say of a Faster R-CNN on one map. */
export const singleMapFasterRcnnSchema = z.strictObject({
  model: z.literal('faster-rcnn-single-map'),
  classes: classesSchema,
  image: imageSchema,
  backbone: z.union([networkBackboneSchema, backboneSchema]),
  fpn: z.null(),
  regions: regionsSchema,
  anchors: anchorsSchema,
  rpnChannels: count,
  rpn: rpnSchema,
  box: regionBoxSchema,
}).superRefine(({ anchors }, context) => checkLevels(null, anchors, context)) satisfies z.ZodType<SingleMapFasterRcnnConfig>;

/** What `config.yaml` may say of a region proposal network by itself. */
export const rpnModelSchema = z.strictObject({
  model: z.literal('rpn'),
  classes: classesSchema,
  image: imageSchema,
  backbone: z.union([networkBackboneSchema, backboneSchema]),
  fpn: pyramidSchema.nullable(),
  anchors: anchorsSchema,
  rpnChannels: count,
  rpn: rpnSchema,
}).superRefine(({ backbone, fpn, anchors }, context) => checkLevels(fpn === null || 'hidden' in backbone ? null : backbone.levels, anchors, context)) satisfies z.ZodType<RegionProposalNetworkConfig>;
