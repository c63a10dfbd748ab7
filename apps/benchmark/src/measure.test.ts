import { describe, expect, it } from 'vitest';

import { measure, median } from './measure.ts';
import { type PythonPeer } from './python-peer.ts';
import { type BenchmarkCase } from './subject.ts';

function fakes(ours: number[], theirs: number[], log: string[] = []): { benchmarkCase: BenchmarkCase; peer: PythonPeer } {
  const run = (): number[] => {
    log.push('ours');
    return ours;
  };
  const peer: PythonPeer = {
    name: 'peer 1.0',
    prepare: () => Promise.resolve(),
    time: () => {
      log.push('peer');
      return Promise.resolve(4);
    },
    result: () => Promise.resolve(Float64Array.from(theirs)),
    close: () => Promise.resolve(),
  };
  return { benchmarkCase: { name: 'work', engine: 'node', run, peer: { operation: 'work', arrays: {}, options: {} } }, peer };
}

const effort = { rounds: 3, duration: 0, warmUp: 0 };

describe('measure', () => {
  it('runs ours and the peer in turn, after each has run once', async () => {
    const log: string[] = [];
    const { benchmarkCase, peer } = fakes([1], [1], log);
    const row = await measure(benchmarkCase, peer, effort);
    expect(log).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
    expect(row).toMatchObject({ name: 'work', engine: 'node', peer: 'peer 1.0', peerMs: 4 });
    expect(row.ratio).toBe(4 / row.ms);
  });

  it('leaves the fields of the peer null where it is not installed, or cannot do the work', async () => {
    const { benchmarkCase, peer } = fakes([1], [1]);
    const nothing = { peer: null, peerMs: null, ratio: null };
    expect(await measure(benchmarkCase, null, effort)).toMatchObject(nothing);
    expect(await measure({ ...benchmarkCase, peer: null }, peer, effort)).toMatchObject(nothing);
  });

  it('refuses to compare times of different results', async () => {
    const { benchmarkCase, peer } = fakes([1, 2], [1, 2.5]);
    await expect(measure(benchmarkCase, peer, effort)).rejects.toThrow('work: results differ: 2 at 1, the peer 2.5');
    await expect(measure({ ...benchmarkCase, tolerance: 0.5 }, peer, effort)).resolves.toBeDefined();
    const shorter = fakes([1], [1, 2]);
    await expect(measure(shorter.benchmarkCase, shorter.peer, effort)).rejects.toThrow('1 numbers, the peer 2');
  });
});

it('median is the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
