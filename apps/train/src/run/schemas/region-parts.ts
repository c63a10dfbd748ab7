import { boxLossNames, type RegionBoxConfig, type RegionOperatorConfig, type RegionsConfig } from '@rcnn/models';
import { z } from 'zod';
import { count, fraction, positive } from './numbers.ts';

/** How regions are cut out of a map. */
export const regionOperatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pool'), resolution: count }),
  z.strictObject({ kind: z.literal('align'), resolution: count, samplingRatio: z.int(), aligned: z.boolean() }),
]) satisfies z.ZodType<RegionOperatorConfig>;
const ranks = z.tuple([count, count]).nullable();
const rows = z.array(z.array(z.number()).length(4));

/** What regions' features are. */
export const regionsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('network'), ranks }),
  z.strictObject({ kind: z.literal('layers'), operator: regionOperatorSchema, hidden: z.tuple([count, count]), ranks, canonicalSize: positive, canonicalLevel: z.int() }),
  z.strictObject({ kind: z.literal('stage'), operator: regionOperatorSchema }),
]) satisfies z.ZodType<RegionsConfig>;

/** How regions learn, and what becomes of them. */
export const regionBoxSchema = z.strictObject({
  foreground: fraction,
  background: z.tuple([fraction, fraction]),
  samples: count,
  positiveFraction: fraction,
  sampling: z.enum(['random', 'hard']),
  targets: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weights'), weights: z.tuple([positive, positive, positive, positive]) }),
    z.strictObject({ kind: z.literal('statistics'), mean: rows, std: rows }),
  ]),
  boxes: z.enum(['per-class', 'agnostic']),
  loss: z.enum(boxLossNames).default('smooth-l1'),
  beta: z.number().min(0),
  lambda: z.number().min(0),
  scoreThreshold: fraction,
  nmsThreshold: fraction,
  suppression: z.enum(['nms', 'soft-linear', 'soft-gaussian']),
  limit: count,
}) satisfies z.ZodType<RegionBoxConfig>;
