import { describe, expect, it } from 'vitest';
import { trainingCharts } from './charts.ts';

const row = (step: number, losses: Record<string, number>) => ({ step, epoch: 0, losses, learningRate: 0.1, secondsPerStep: 1 });

describe('trainingCharts', () => {
  it('draws the total, each loss and the learning rate', () => {
    const [losses, rate] = trainingCharts([row(1, { a: 1, b: 2 }), row(2, { a: 3, b: 4, total: 8 })]);
    expect(losses).toMatchObject({ x: [1, 2], series: [{ label: 'total', values: [3, 8] }, { label: 'a', values: [1, 3] }, { label: 'b', values: [2, 4] }] });
    expect(rate.series).toEqual([{ label: 'learning rate', values: [0.1, 0.1] }]);
    expect(trainingCharts([])).toEqual([]);
  });

  it('draws means of a long run, to its last step', () => {
    const [losses] = trainingCharts(Array.from({ length: 1201 }, (_, i) => row(i + 1, { a: i })));
    expect(losses.title).toBe('Losses, means of 3 steps');
    expect(losses.x.length).toBe(401);
    expect([losses.x[0], losses.x.at(-1)]).toEqual([3, 1201]);
    expect(losses.series[1].values.slice(0, 2)).toEqual([1, 4]);
  });

  it('leaves a gap where a loss was not finite, which JSON writes as null', () => {
    const [losses] = trainingCharts([JSON.parse('{"step":1,"epoch":0,"losses":{"a":null},"learningRate":0.1,"secondsPerStep":1}') as never, row(2, { a: 1 })]);
    expect(losses.series).toEqual([{ label: 'total', values: [null, 1] }, { label: 'a', values: [null, 1] }]);
  });
});
