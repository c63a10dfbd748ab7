import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng, restoreRng } from './rng.ts';

describe('createRng', () => {
  it('is xoshiro128**: the first outputs of the reference implementation from state 1, 2, 3, 4', () => {
    const rng = restoreRng([1, 2, 3, 4]);
    const words = Array.from({ length: 10 }, () => rng.uniform() * 2 ** 32);
    expect(words).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the same numbers for the same seed, others for the next seed', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, createRng(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('draws uniforms with mean 1/2 and variance 1/12, normals with mean 0 and variance 1', () => {
    const rng = createRng(1);
    const moments = (draw: () => number): [number, number] => {
      const values = Array.from({ length: 100_000 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
    };
    const [uniformMean, uniformVariance] = moments(rng.uniform);
    expect(uniformMean).toBeCloseTo(0.5, 2);
    expect(uniformVariance).toBeCloseTo(1 / 12, 2);
    const [normalMean, normalVariance] = moments(rng.normal);
    expect(Math.abs(normalMean)).toBeLessThan(0.02);
    expect(Math.abs(normalVariance - 1)).toBeLessThan(0.02);
  });

  it('draws each integer below the bound about equally often', () => {
    const rng = createRng(2);
    const counts = new Uint32Array(6);
    for (let i = 0; i < 60_000; i++) {
      counts[rng.integer(6)]++;
    }
    for (const count of counts) {
      expect(Math.abs(count - 10_000)).toBeLessThan(500);
    }
  });

  it('permutes: every integer once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), (seed, count) => {
        expect(createRng(seed).permutation(count).sort()).toEqual(Uint32Array.from({ length: count }, (_, i) => i));
      }),
    );
  });
});

describe('restoreRng', () => {
  it('goes on exactly where the saved state was, also after JSON', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(50), (seed, steps) => {
        const rng = createRng(seed);
        for (let i = 0; i < steps; i++) {
          rng.uniform();
        }
        const restored = restoreRng(JSON.parse(JSON.stringify(rng.state())) as [number, number, number, number]);
        expect(Array.from({ length: 10 }, restored.uniform)).toEqual(Array.from({ length: 10 }, rng.uniform));
        expect(restored.state()).toEqual(rng.state());
      }),
    );
  });

  it('refuses a state that no generator can have', () => {
    expect(() => restoreRng([0, 0, 0, 0])).toThrow('not all 0');
    expect(() => restoreRng([1, 2, 3, -4])).toThrow('got [1, 2, 3, -4]');
    expect(() => restoreRng([1, 2, 3] as unknown as [number, number, number, number])).toThrow('got [1, 2, 3]');
  });
});
