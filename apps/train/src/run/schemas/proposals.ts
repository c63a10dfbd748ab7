import { flavours, modes, rankings } from '@rcnn/proposals';
import { z } from 'zod';
import type { SearchSettings } from '../../proposals/proposals-task.ts';
import { count } from './numbers.ts';

/** The selective search that gives a model its regions. */
export const proposalsSchema = z.strictObject({
  flavour: z.enum(flavours),
  mode: z.enum(modes),
  seed: z.int().min(0),
  max: count.nullable(),
  minBoxSize: z.number().min(0).nullable(),
  ranking: z.enum(rankings).nullable(),
}) satisfies z.ZodType<SearchSettings>;
