import { expect, it } from 'vitest';
import { combineSchedules, constantSchedule, cosineSchedule, stepSchedule, warmup } from './index.ts';

it('a constant schedule is 1', () => {
  expect([0, 7, 1e6].map(constantSchedule())).toEqual([1, 1, 1]);
});

it("a warm-up rises in a line, as torchvision's LinearLR(start_factor=0.001, total_iters=1000)", () => {
  const schedule = warmup({ steps: 1000 });
  expect(schedule(0)).toBe(0.001);
  expect(schedule(500)).toBeCloseTo(0.5005, 12);
  expect([1000, 1001].map(schedule)).toEqual([1, 1]);
  expect(warmup({ steps: 0 })(0)).toBe(1);
});

it('a step schedule is multiplied at each milestone, from that step on', () => {
  const schedule = stepSchedule({ milestones: [16, 22] });
  expect([0, 15].map(schedule)).toEqual([1, 1]);
  expect([16, 21].map(schedule)).toEqual([0.1, 0.1]);
  expect(schedule(22)).toBeCloseTo(0.01, 12);
  expect(stepSchedule({ milestones: [1], gamma: 0.5 })(1)).toBe(0.5);
});

it('a cosine schedule falls from 1 over a half to 0 and stays there', () => {
  const schedule = cosineSchedule({ steps: 90 });
  expect(schedule(0)).toBe(1);
  expect(schedule(30)).toBeCloseTo(0.75, 12);
  expect(schedule(45)).toBeCloseTo(0.5, 12);
  expect([90, 91].map(schedule)).toEqual([0, 0]);
});

it('a combination is the product', () => {
  const schedule = combineSchedules(warmup({ steps: 4, from: 0 }), stepSchedule({ milestones: [2] }));
  expect(schedule(1)).toBeCloseTo(0.25, 12);
  expect(schedule(2)).toBeCloseTo(0.05, 12);
  expect(combineSchedules()(3)).toBe(1);
});
