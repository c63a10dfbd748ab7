import { z } from 'zod';

/** The kinds of numbers that configurations are made of. */
export const positive = z.number().positive();
export const count = z.int().positive();
export const fraction = z.number().min(0).max(1);
/** A number for each channel of RGB. */
export const triple = z.tuple([z.number(), z.number(), z.number()]);
/** Proposals kept before and after suppression. */
export const topN = z.strictObject({ preNms: count, postNms: count });
