import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters, type Parameter } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedGradients } from './packed-gradients.ts';

describe('packed gradients', () => {
  let parameters: readonly Parameter[];
  const root = createParameters(createRng(0));
  beforeAll(async () => {
    await prepareEngine({ engine: 'cpu' });
    for (const name of ['a', 'b']) root.create(name, [2], () => new Float32Array(2));
    parameters = root.all();
  });
  afterAll(() => root.dispose());

  /** The sum of shares, each the gradients of some parameters. */
  const summed = (shares: readonly Readonly<Record<string, number[]>>[], weights: readonly number[]): Record<string, number[]> =>
    tf.tidy(() => {
      const packed = packedGradients(parameters);
      const parts = shares.map((share) => {
        const out = new Float32Array(packed.length).fill(7); // of a step before
        packed.pack(new Map(Object.entries(share).map(([name, values]) => [name, tf.tensor1d(values)])), out);
        return out;
      });
      return Object.fromEntries([...packed.sum(parts, weights)].map(([name, gradient]) => [name, [...gradient.dataSync()]]));
    });

  it('add up with their weights, and count as zeros where only others have them', () => {
    expect(summed([{ a: [1, 2], b: [8, 4] }, { a: [3, -2] }], [0.5, 0.5])).toEqual({ a: [2, 0], b: [4, 2] });
  });

  it('are none of a parameter that no share reaches, that an optimiser passes it over', () => {
    expect(summed([{ a: [1, 2] }, { a: [3, 2] }], [0.5, 0.5])).toEqual({ a: [2, 2] });
    expect(summed([{}, {}], [0.5, 0.5])).toEqual({});
  });

  it('of a share without weight are not read', () => {
    expect(summed([{ a: [1, 2] }, { a: [NaN, NaN], b: [1, 1] }], [1, 0])).toEqual({ a: [1, 2] });
  });
});
