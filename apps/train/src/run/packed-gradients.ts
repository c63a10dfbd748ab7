import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from '@rcnn/nn';

/** How the gradients of parameters lie in one array of numbers, to be added up by several threads. */
export interface PackedGradients {
  /** Numbers in the array. */
  readonly length: number;
  /** Writes gradients by name to `out`. */
  readonly pack: (gradients: ReadonlyMap<string, tf.Tensor>, out: Float32Array) => void;
  /**
   * The weighted sum of packed gradients, by name; a part of weight 0 is not read. A parameter that has no gradient in any other has none.
   * The caller disposes.
   */
  readonly sum: (parts: readonly Float32Array[], weights: readonly number[]) => Map<string, tf.Tensor>;
}

/** Packs the gradients of parameters, one after another, and after them a 1 for each that there is. */
export function packedGradients(parameters: readonly Parameter[]): PackedGradients {
  let size = 0;
  const slots = parameters.map(({ name, variable }, index) => ({ name, shape: variable.shape, first: size, end: (size += variable.size), index }));
  return {
    length: size + slots.length,
    pack: (gradients, out) => {
      for (const { name, first, end, index } of slots) {
        const gradient = gradients.get(name);
        if (gradient === undefined) out.fill(0, first, end);
        else out.set(gradient.dataSync<'float32'>(), first);
        out[size + index] = gradient === undefined ? 0 : 1;
      }
    },
    sum: (parts, weights) => {
      const sum = weightedSum(parts, weights);
      const there = slots.filter(({ index }) => sum[size + index] > 0);
      return new Map(there.map(({ name, shape, first, end }) => [name, tf.tensor(sum.slice(first, end), shape)]));
    },
  };
}

/** Always in the order of the parts: floating-point sums depend on it. */
function weightedSum(parts: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(parts[0].length);
  parts.forEach((part, r) => {
    const weight = weights[r];
    if (weight === 0) return;
    for (let i = 0; i < sum.length; i++) sum[i] += weight * part[i];
  });
  return sum;
}
