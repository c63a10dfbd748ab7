import { boxOverlap } from './tasks/box-overlap.ts';

/** Everything that the page can ask of the worker, by name. */
export const tasks = { boxOverlap };

/** The table of tasks: it types `compute`. */
export type Tasks = typeof tasks;
