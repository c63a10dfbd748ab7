/** A factor on the learning rate at a step, counted from 0. */
export type Schedule = (step: number) => number;

/** 1 throughout. */
export function constantSchedule(): Schedule {
  return () => 1;
}

/** Rises in a line from `from` to 1 over the first `steps` (Goyal et al. 2017). */
export function warmup({ steps, from = 0.001 }: { steps: number; from?: number }): Schedule {
  return (step) => (step >= steps ? 1 : from + ((1 - from) * step) / steps);
}

/** 1, times `gamma` from each milestone on. */
export function stepSchedule({ milestones, gamma = 0.1 }: { milestones: readonly number[]; gamma?: number }): Schedule {
  return (step) => gamma ** milestones.filter((milestone) => step >= milestone).length;
}

/** Half a cosine from 1 to 0 over `steps` (Loshchilov & Hutter 2017). */
export function cosineSchedule({ steps }: { steps: number }): Schedule {
  return (step) => 0.5 * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));
}

/** The product of schedules. */
export function combineSchedules(...schedules: readonly Schedule[]): Schedule {
  return (step) => schedules.reduce((factor, schedule) => factor * schedule(step), 1);
}
