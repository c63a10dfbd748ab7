import * as tf from '@tensorflow/tfjs-core';
import { clipScale, globalNorm, restoreVariables, saveVariables, type Optimizer } from './optimizer.ts';
import type { Parameter } from './parameters.ts';

/** Options of {@link adamw}. */
export interface AdamwOptions {
  /** Decay of the gradients' running mean, and of their squares'. */
  readonly betas?: readonly [number, number];
  readonly epsilon?: number;
  readonly weightDecay?: number;
  /** Gradients are scaled down together where their common norm is above this. */
  readonly clipNorm?: number;
}

/**
 * AdamW (Loshchilov & Hutter 2019) as PyTorch writes it: w ← w − ηλw; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
 * w ← w − η m̂ / (√v̂ + ε), with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ). Its state is `first.NAME` and `second.NAME` of each
 * parameter, and `steps`.
 */
export function adamw(
  parameters: readonly Parameter[],
  { betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.01, clipNorm = Infinity }: AdamwOptions = {},
): Optimizer {
  const zeros = (variable: tf.Variable): tf.Variable => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
  const slots = parameters.map(({ name, variable }) => ({ name, variable, first: zeros(variable), second: zeros(variable) }));
  const moments = new Map(slots.flatMap(({ name, first, second }) => [[`first.${name}`, first], [`second.${name}`, second]] as const));
  let steps = 0;
  return {
    step: (gradients, learningRate) => {
      const norm = globalNorm([...gradients.values()]);
      if (!Number.isFinite(norm)) return norm;
      const scale = clipScale(norm, clipNorm);
      steps++;
      const rate = learningRate / (1 - beta1 ** steps);
      const correction = 1 / Math.sqrt(1 - beta2 ** steps);
      for (const { name, variable, first, second } of slots) {
        const gradient = gradients.get(name);
        if (gradient === undefined) continue;
        tf.tidy(() => {
          const scaled = scale === 1 ? gradient : tf.mul(gradient, scale);
          first.assign(tf.add(tf.mul(first, beta1), tf.mul(scaled, 1 - beta1)));
          second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(scaled), 1 - beta2)));
          const change = tf.div(tf.mul(first, rate), tf.add(tf.mul(tf.sqrt(second), correction), epsilon));
          variable.assign(tf.sub(tf.mul(variable, 1 - learningRate * weightDecay), change));
        });
      }
      return norm;
    },
    state: () => new Map([...saveVariables(moments), ['steps', Float32Array.of(steps)]]),
    restore: (state) => {
      restoreVariables(moments, state);
      steps = state.get('steps')?.[0] ?? 0;
    },
    dispose: () => tf.dispose([...moments.values()]),
  };
}
