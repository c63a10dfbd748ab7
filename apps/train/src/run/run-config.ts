import { backboneNames, type FasterRcnnConfig } from '@rcnn/models';
import { z } from 'zod';

const positive = z.number().positive();
const count = z.int().positive();
const fraction = z.number().min(0).max(1);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const topN = z.strictObject({ preNms: count, postNms: count });

const modelSchema = z.strictObject({
  model: z.literal('faster-rcnn'),
  classes: z.array(z.string().min(1)).min(1),
  image: z.strictObject({ minSize: count, maxSize: count, mean: triple, std: triple }),
  backbone: z.strictObject({
    name: z.enum(backboneNames),
    norm: z.enum(['frozen', 'trained', 'group', 'folded']),
    width: positive,
    padding: z.enum(['torch', 'tensorflow']),
    levels: z.tuple([z.int().min(2).max(5), z.int().min(2).max(5)]).refine(([first, last]) => first <= last, 'expected the finer level first'),
    frozen: z.array(z.string()),
  }),
  fpn: z.strictObject({ channels: count }),
  anchors: z.strictObject({ sizes: z.array(z.array(positive).min(1)).min(1), ratios: z.array(positive).min(1) }),
  rpn: z.strictObject({
    foreground: fraction, background: fraction, samples: count, positiveFraction: fraction, nmsThreshold: fraction,
    minSize: z.number().min(0), train: topN, test: topN, beta: z.number().min(0),
  }),
  box: z.strictObject({
    resolution: count, samplingRatio: z.int(), aligned: z.boolean(), canonicalSize: positive, canonicalLevel: z.int(),
    hidden: count, foreground: fraction, samples: count, positiveFraction: fraction,
    weights: z.tuple([positive, positive, positive, positive]), beta: z.number().min(0), scoreThreshold: fraction,
    nmsThreshold: fraction, limit: count,
  }),
}) satisfies z.ZodType<FasterRcnnConfig>;

const trainingSchema = z.strictObject({
  epochs: positive,
  batchSize: count,
  learningRate: positive,
  optimizer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sgd'), momentum: z.number().min(0).lt(1) }),
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
  model: modelSchema,
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
  optimizer: { kind: 'sgd', momentum: 0.9 },
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
  if (result.success) {
    const { model } = result.data;
    const levels = model.backbone.levels[1] - model.backbone.levels[0] + 2;
    if (model.anchors.sizes.length !== levels) {
      throw new Error(`${source}: model.anchors.sizes: expected sizes for ${levels} levels (those of the backbone and one more), got ${model.anchors.sizes.length}`);
    }
    if (new Set(model.anchors.sizes.map((sizes) => sizes.length)).size > 1) {
      throw new Error(`${source}: model.anchors.sizes: expected as many sizes on every level`);
    }
    return result.data;
  }
  const [issue] = result.error.issues;
  throw new Error(`${source}: ${issue.path.join('.') || 'configuration'}: ${issue.message.replace(/^Invalid input: /, '')}`);
}
