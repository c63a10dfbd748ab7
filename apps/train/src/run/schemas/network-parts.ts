import { backboneNames, regionNetworkNames, sizeRoundings, type AnchorsConfig, type BackboneConfig, type ImageConfig, type NetworkBackboneConfig, type PyramidConfig, type RpnConfig } from '@rcnn/models';
import { z } from 'zod';
import { count, fraction, positive, topN, triple } from './numbers.ts';

const norm = z.enum(['frozen', 'trained', 'group', 'folded']);
const level = z.int().min(2).max(6);

/** Names of the classes 1…K. */
export const classesSchema = z.array(z.string().min(1)).min(1);

/** How images become the network's input. */
export const imageSchema = z.strictObject({ minSize: count, maxSize: count, rounding: z.enum(sizeRoundings).optional(), trainSizes: z.array(count).optional(), mean: triple, std: triple }) satisfies z.ZodType<ImageConfig>;

/** A ResNet or MobileNet. */
export const backboneSchema = z.strictObject({
  name: z.enum(backboneNames),
  norm,
  epsilon: z.number().min(0),
  width: positive,
  padding: z.enum(['torch', 'tensorflow']),
  levels: z.tuple([level, level]).refine(([first, last]) => first <= last, 'expected the finer level first'),
  frozen: z.array(z.string()),
  bottleneckStride: z.enum(['1x1', '3x3']).optional(),
}).refine(({ name, levels }) => levels[1] < 6 || name === 'mobilenet_v3_large', 'expected levels up to 5; mobilenet_v3_large alone has a 6th') satisfies z.ZodType<BackboneConfig>;

/** A classifier network of the papers. */
export const networkBackboneSchema = z.strictObject({
  name: z.enum(regionNetworkNames),
  width: positive,
  hidden: z.tuple([count, count]),
  norm: z.literal('folded'),
  frozen: z.array(z.string()),
}) satisfies z.ZodType<NetworkBackboneConfig>;

/** A feature pyramid. */
export const pyramidSchema = z.strictObject({ channels: count, norm: z.union([norm, z.literal('none')]) }) satisfies z.ZodType<PyramidConfig>;

/** Anchors of every level. */
export const anchorsSchema = z.strictObject({
  sizes: z.array(z.array(positive).min(1)).min(1),
  ratios: z.array(positive).min(1),
  form: z.enum(['torchvision', 'detectron2', 'caffe']).default('torchvision'),
}) satisfies z.ZodType<AnchorsConfig>;

/** A region proposal network; what is not said is as in torchvision. */
export const rpnSchema = z.strictObject({
  depth: count,
  form: z.enum(['sigmoid', 'softmax']).default('sigmoid'),
  foreground: fraction, background: fraction, samples: count, positiveFraction: fraction,
  boundary: z.number().nullable().default(null),
  beta: z.number().min(0),
  normalization: z.enum(['sampled', 'batch', 'locations']).default('sampled'),
  lambda: z.number().min(0).default(1),
  nmsThreshold: fraction, minSize: z.number().min(0), minSizeIn: z.enum(['input', 'image']).optional(), scoreThreshold: fraction,
  ranking: z.enum(['score', 'random']).default('score'),
  regression: z.boolean().default(true),
  train: topN, test: topN,
}) satisfies z.ZodType<RpnConfig>;

/** Adds an issue unless there are as many rows of anchor sizes as levels, of one length. `levels` null: of one map. */
export function checkLevels(levels: readonly [number, number] | null, { sizes }: AnchorsConfig, context: z.core.$RefinementCtx): void {
  const expected = levels === null ? 1 : levels[1] - levels[0] + 2;
  const path = ['anchors', 'sizes'];
  if (sizes.length !== expected) {
    const which = levels === null ? 'the one map there is' : `${expected} levels (those of the backbone and one more)`;
    context.addIssue({ code: 'custom', path, message: `expected sizes for ${which}, got ${sizes.length}` });
  } else if (new Set(sizes.map(({ length }) => length)).size > 1) {
    context.addIssue({ code: 'custom', path, message: 'expected as many sizes on every level' });
  }
}
