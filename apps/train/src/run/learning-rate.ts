import { combineSchedules, cosineSchedule, stepSchedule, warmup, type Schedule } from '@rcnn/nn';
import type { TrainingConfig } from './run-config.ts';

/** Learning rate at each step, counted from 0. */
export function learningRateSchedule({ learningRate, warmupSteps, schedule, epochs }: TrainingConfig, perEpoch: number): Schedule {
  const decay = schedule.kind === 'cosine'
    ? cosineSchedule({ steps: Math.round(epochs * perEpoch) })
    : stepSchedule({ milestones: schedule.milestones.map((epoch) => Math.round(epoch * perEpoch)), gamma: schedule.gamma });
  return combineSchedules(() => learningRate, warmup({ steps: warmupSteps }), decay);
}
