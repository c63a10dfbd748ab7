import type { RcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { count } from './numbers.ts';
import { checkRegionClassifier, regionClassifierShape } from './region-classifier.ts';

/** What `config.yaml` may say of an R-CNN. */
export const rcnnSchema = z
  .strictObject({
    model: z.literal('rcnn'),
    ...regionClassifierShape,
    crop: z.strictObject({ size: count, padding: z.int().min(0), mode: z.enum(['warp', 'square', 'square-without-context']) }),
  })
  .superRefine((config, context) => {
    checkRegionClassifier(config, context);
    if (2 * config.crop.padding >= config.crop.size) {
      context.addIssue({ code: 'custom', path: ['crop', 'padding'], message: `expected less than half of the size ${config.crop.size}, got ${config.crop.padding}` });
    }
  }) satisfies z.ZodType<RcnnConfig>;
