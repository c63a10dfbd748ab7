import { describe, expect, it } from 'vitest';
import { parseMetrics } from './metrics-row.ts';

const row = (step: number, loss = 1) => ({ step, epoch: step / 10, losses: { a: loss }, learningRate: 0.01, secondsPerStep: 0.5 });
const lines = (...rows: readonly unknown[]): string => rows.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('parseMetrics', () => {
  it('reads a row a line', () => {
    expect(parseMetrics(lines(row(1), row(2)))).toEqual([row(1), row(2)]);
    expect(parseMetrics('')).toEqual([]);
  });

  it('leaves out a last line that was not written to its end', () => {
    expect(parseMetrics(`${lines(row(1))}{"step": 2, "ep`)).toEqual([row(1)]);
  });

  it('lets a resumed run replace the steps it repeats', () => {
    expect(parseMetrics(lines(row(1), row(2), row(3), row(2, 5), row(3, 6)))).toEqual([row(1), row(2, 5), row(3, 6)]);
  });

  it('names the file and line of what is not a row', () => {
    expect(() => parseMetrics(`${lines(row(1))}oops\n`, 'run/metrics.jsonl')).toThrow('run/metrics.jsonl:2: expected {step, epoch, losses, learningRate, secondsPerStep}, got oops');
    expect(() => parseMetrics(lines({ step: 1 }))).toThrow('metrics.jsonl:1');
    expect(() => parseMetrics(lines(null))).toThrow('metrics.jsonl:1');
  });
});
