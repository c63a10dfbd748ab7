import { expect } from 'vitest';
import { floats } from '@rcnn/tooling/testing/floats';

/** What tooling/golden/common.py writes of a large tensor: its shape, root mean square, and values spread evenly over it. */
export interface Summary {
  readonly shape: readonly number[];
  readonly rms: number;
  readonly values: string;
}

/** Expects a tensor to have a summary, each value within `tolerance` times the root mean square. */
export function expectSummary({ shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> }, expected: Summary, tolerance: number, name = ''): void {
  expect(shape).toEqual(expected.shape);
  const rms = Math.sqrt(Array.from(data).reduce((sum, value) => sum + value * value, 0) / data.length);
  expect(Math.abs(rms / expected.rms - 1), `${name} root mean square`).toBeLessThan(tolerance);
  floats(expected.values).forEach((value, i, values) => {
    const at = Math.floor((i * (data.length - 1)) / (values.length - 1));
    expect(Math.abs(data[at] - value) / expected.rms, `${name} value ${at}: ${data[at]}, expected ${value}`).toBeLessThan(tolerance);
  });
}
