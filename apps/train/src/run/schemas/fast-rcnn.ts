import { softmaxClassifier, type FastRcnnConfig } from '@rcnn/models';
import { z } from 'zod';
import { backboneSchema, classesSchema, imageSchema, networkBackboneSchema, pyramidSchema } from './network-parts.ts';
import { count, fraction } from './numbers.ts';
import { svmSchema } from './region-classifier.ts';
import { regionBoxSchema, regionsSchema } from './region-parts.ts';

/** What `config.yaml` may say of a Fast R-CNN. */
export const fastRcnnSchema = z.strictObject({
  model: z.literal('fast-rcnn'),
  classes: classesSchema,
  image: imageSchema,
  scales: z.strictObject({ train: z.array(count), test: z.array(count) }),
  backbone: z.union([networkBackboneSchema, backboneSchema]),
  fpn: pyramidSchema.nullable(),
  regions: regionsSchema,
  box: regionBoxSchema,
  classifier: z.enum(['softmax', 'svm']).default(softmaxClassifier.classifier),
  svm: svmSchema.extend({ perImage: count, negativeFrom: fraction }).default(softmaxClassifier.svm),
}) satisfies z.ZodType<FastRcnnConfig>;
