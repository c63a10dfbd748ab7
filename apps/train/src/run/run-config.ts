import { z } from 'zod';
import { cascadeRcnnSchema } from './schemas/cascade-rcnn.ts';
import { fastRcnnSchema } from './schemas/fast-rcnn.ts';
import { fasterRcnnSchema } from './schemas/faster-rcnn.ts';
import { keypointRcnnSchema } from './schemas/keypoint-rcnn.ts';
import { maskRcnnSchema, singleMapMaskRcnnSchema } from './schemas/mask-rcnn.ts';
import { count, fraction, positive } from './schemas/numbers.ts';
import { proposalsSchema } from './schemas/proposals.ts';
import { rcnnSchema } from './schemas/rcnn.ts';
import { rpnModelSchema, singleMapFasterRcnnSchema } from './schemas/single-map.ts';
import { sppnetSchema } from './schemas/sppnet.ts';

/** The systems there are, told apart by `model.model`. */
const modelSchema = z.discriminatedUnion('model', [
  fasterRcnnSchema, cascadeRcnnSchema, singleMapFasterRcnnSchema, fastRcnnSchema, rpnModelSchema, maskRcnnSchema, singleMapMaskRcnnSchema, keypointRcnnSchema,
  rcnnSchema, sppnetSchema,
]);

const trainingSchema = z.strictObject({
  epochs: positive,
  batchSize: count,
  learningRate: positive,
  optimizer: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('sgd'),
      momentum: z.number().min(0).lt(1),
      /** Factors on the learning rate of the parameters whose names begin so. */
      rates: z.record(z.string(), positive).default({}),
    }),
    z.strictObject({ kind: z.literal('adamw') }),
  ]),
  weightDecay: z.number().min(0),
  /** Gradients are scaled down together where their norm is above this. */
  clipNorm: positive,
  warmupSteps: z.int().min(0),
  schedule: z.discriminatedUnion('kind', [
    /** Half a cosine to 0 at the end of training. */
    z.strictObject({ kind: z.literal('cosine') }),
    /** Times `gamma` after each of these epochs. */
    z.strictObject({ kind: z.literal('step'), milestones: z.array(positive), gamma: fraction }),
  ]),
  /** Share of the images mirrored left to right. */
  flip: fraction,
  checkpointEvery: count,
  /** Threads that each compute the gradients of a share of every batch. */
  replicas: count,
});

const runSchema = z.strictObject({
  seed: z.int().min(0),
  data: z.strictObject({ root: z.string(), split: z.string() }),
  weights: z.string().nullable(),
  /** Where the model's regions come from, if it proposes none itself. */
  proposals: proposalsSchema.nullable().default(null),
  model: modelSchema,
  /** How Faster R-CNN is trained: all together, or region proposals and detection in turn (Faster R-CNN, §3.2). */
  procedure: z.enum(['joint', 'alternating']).default('joint'),
  /** Whether boxes' targets are normalised by statistics of the dataset's proposals, of each class or of all; `model.box.targets` then says which. */
  boxStatistics: z.enum(['class', 'all']).nullable().default(null),
  training: trainingSchema,
});

/** Everything that decides a training run: what `config.yaml` in its directory holds. */
export type RunConfig = z.infer<typeof runSchema>;

/** How the parameters change over the steps. */
export type TrainingConfig = RunConfig['training'];

/** Twelve epochs in batches of two, the cosine schedule after a short warm-up. */
export const defaultTraining: TrainingConfig = {
  epochs: 12,
  batchSize: 2,
  learningRate: 0.01,
  optimizer: { kind: 'sgd', momentum: 0.9, rates: {} },
  weightDecay: 1e-4,
  clipNorm: 10,
  warmupSteps: 200,
  schedule: { kind: 'cosine' },
  flip: 0.5,
  checkpointEvery: 100,
  replicas: 1,
};

/**
 * A value as a {@link RunConfig}.
 * @param source where it came from, for the error
 * @throws Error naming the first setting that is missing, unknown or of the wrong kind
 */
export function parseRunConfig(value: unknown, source: string): RunConfig {
  const result = runSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${source}: ${issue.path.join('.') || 'configuration'}: ${issue.message.replace(/^Invalid input: /, '')}`);
}
