import { backboneNames, type FasterRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { count, fraction, positive, topN, triple } from './numbers.ts';

const norm = z.enum(['frozen', 'trained', 'group', 'folded']);
const level = z.int().min(2).max(6);

/** What `config.yaml` may say of a Faster R-CNN. */
export const fasterRcnnSchema = z.strictObject({
  model: z.literal('faster-rcnn'),
  classes: z.array(z.string().min(1)).min(1),
  image: z.strictObject({ minSize: count, maxSize: count, mean: triple, std: triple }),
  backbone: z.strictObject({
    name: z.enum(backboneNames),
    norm,
    epsilon: z.number().min(0),
    width: positive,
    padding: z.enum(['torch', 'tensorflow']),
    levels: z.tuple([level, level]).refine(([first, last]) => first <= last, 'expected the finer level first'),
    frozen: z.array(z.string()),
  }).refine(({ name, levels }) => levels[1] < 6 || name === 'mobilenet_v3_large', 'expected levels up to 5; mobilenet_v3_large alone has a 6th'),
  fpn: z.strictObject({ channels: count, norm: z.union([norm, z.literal('none')]) }),
  anchors: z.strictObject({ sizes: z.array(z.array(positive).min(1)).min(1), ratios: z.array(positive).min(1) }),
  rpn: z.strictObject({
    depth: count, foreground: fraction, background: fraction, samples: count, positiveFraction: fraction, nmsThreshold: fraction,
    minSize: z.number().min(0), scoreThreshold: fraction, train: topN, test: topN, beta: z.number().min(0),
  }),
  box: z.strictObject({
    resolution: count, samplingRatio: z.int(), aligned: z.boolean(), canonicalSize: positive, canonicalLevel: z.int(),
    hidden: count, convolutions: z.int().min(0), foreground: fraction, samples: count, positiveFraction: fraction,
    weights: z.tuple([positive, positive, positive, positive]), beta: z.number().min(0), scoreThreshold: fraction,
    nmsThreshold: fraction, limit: count,
  }),
}).superRefine(checkAnchors) satisfies z.ZodType<FasterRcnnConfig>;

/** Sizes of anchors for every level there is, as many on each. */
export function checkAnchors({ backbone, anchors: { sizes } }: Pick<FasterRcnnConfig, 'backbone' | 'anchors'>, context: z.core.$RefinementCtx): void {
  const levels = backbone.levels[1] - backbone.levels[0] + 2;
  const path = ['anchors', 'sizes'];
  if (sizes.length !== levels) {
    context.addIssue({ code: 'custom', path, message: `expected sizes for ${levels} levels (those of the backbone and one more), got ${sizes.length}` });
  } else if (new Set(sizes.map(({ length }) => length)).size > 1) {
    context.addIssue({ code: 'custom', path, message: 'expected as many sizes on every level' });
  }
}
