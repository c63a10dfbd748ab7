import { featureLayers, regionNetworkNames, type RegionClassifierConfig, type SvmConfig } from '@rcnn/models';
import { z } from 'zod';
import { count, fraction, positive, triple } from './numbers.ts';

const pair = z.tuple([count, count]);

/** SVMs and how their negatives are mined. */
export const svmSchema = z.strictObject({
  cost: positive, positiveWeight: positive, bias: z.number().min(0), negativeBelow: fraction, featureNorm: positive,
  statistics: z.strictObject({ images: count, regions: count }),
  hardThreshold: z.number(), evictThreshold: z.number(), retrainAfter: count,
}) satisfies z.ZodType<SvmConfig>;

/** What `config.yaml` may say of R-CNN and of SPPnet alike. */
export const regionClassifierShape = {
  classes: z.array(z.string().min(1)).min(1),
  backbone: z.strictObject({
    name: z.enum(regionNetworkNames), width: positive, hidden: pair, pooled: pair, norm: z.literal('folded'), frozen: z.array(z.string()),
  }),
  pixels: z.strictObject({ mean: triple, std: triple }),
  regions: z.strictObject({ nmsThreshold: fraction, train: count, test: count }),
  finetuning: z
    .strictObject({ foreground: fraction, background: z.tuple([fraction, fraction]), positives: count, negatives: count })
    .nullable(),
  features: z.enum(featureLayers),
  classifier: z.enum(['svm', 'softmax']),
  svm: svmSchema,
  regression: z.strictObject({ lambda: positive, minOverlap: fraction, limit: count.nullable() }).nullable(),
  test: z.strictObject({ batch: count, preNms: count, perImage: count, nmsThreshold: fraction }),
} satisfies z.ZodRawShape;

/** What the two cannot both be. */
export function checkRegionClassifier({ finetuning, classifier }: Pick<RegionClassifierConfig, 'finetuning' | 'classifier'>, context: z.RefinementCtx): void {
  if (classifier === 'softmax' && finetuning === null) {
    context.addIssue({ code: 'custom', path: ['classifier'], message: 'expected svm, because softmax is learnt in fine-tuning, which is null' });
  }
}
