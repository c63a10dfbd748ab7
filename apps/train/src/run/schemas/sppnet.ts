import type { SppnetConfig } from '@rcnn/models';
import { z } from 'zod';
import { count, positive } from './numbers.ts';
import { checkRegionClassifier, regionClassifierShape } from './region-classifier.ts';

/** What `config.yaml` may say of an SPPnet. */
export const sppnetSchema = z
  .strictObject({
    model: z.literal('sppnet'),
    ...regionClassifierShape,
    scales: z.array(count).min(1),
    levels: z.array(count).min(1),
    fc6Norm: positive.nullable(),
  })
  .superRefine((config, context) => {
    checkRegionClassifier(config, context);
    const bins = config.levels.reduce((sum, side) => sum + side * side, 0);
    if (config.backbone.pooled[0] !== bins || config.backbone.pooled[1] !== 1) {
      context.addIssue({ code: 'custom', path: ['backbone', 'pooled'], message: `expected [${bins}, 1] for these levels, got [${config.backbone.pooled.join(', ')}]` });
    }
  }) satisfies z.ZodType<SppnetConfig>;
