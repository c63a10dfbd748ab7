import * as tf from '@tensorflow/tfjs-core';
import { clipScale, globalNorm, restoreVariables, saveVariables, type Optimizer } from './optimizer.ts';
import type { Parameter } from './parameters.ts';

/** Options of {@link sgd}. */
export interface SgdOptions {
  readonly momentum?: number;
  readonly weightDecay?: number;
  /** Gradients are scaled down together where their common norm is above this. */
  readonly clipNorm?: number;
  /** A factor on the learning rate of each parameter. */
  readonly rateOf?: (name: string) => number;
}

/**
 * Stochastic gradient descent as PyTorch writes it: g ← g + λw; v ← μv + g; w ← w − ηv, with momentum μ, weight decay
 * λ and learning rate η. Its state is `velocity.NAME` of each parameter. Where the engine has a kernel `SgdStep`
 * ({variable, velocity, gradient} to [velocity, variable]), one pass over the memory.
 */
export function sgd(parameters: readonly Parameter[], { momentum = 0.9, weightDecay = 0, clipNorm = Infinity, rateOf = () => 1 }: SgdOptions = {}): Optimizer {
  const slots = parameters.map(({ name, variable }) => ({ name, variable, factor: rateOf(name), velocity: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)) }));
  const velocities = new Map(slots.map(({ name, velocity }) => [`velocity.${name}`, velocity]));
  return {
    step: (gradients, learningRate) => {
      const norm = globalNorm([...gradients.values()]);
      if (!Number.isFinite(norm)) return norm;
      const scale = clipScale(norm, clipNorm);
      for (const { name, variable, velocity, factor } of slots) {
        const gradient = gradients.get(name);
        if (gradient === undefined) continue;
        const rate = factor * learningRate;
        tf.tidy(() => {
          if (tf.getKernel('SgdStep', tf.getBackend()) !== undefined) {
            const inputs = { variable, velocity, gradient };
            const stepped: tf.Tensor[] = tf.engine().runKernel('SgdStep', inputs, { scale, weightDecay, momentum, learningRate: rate });
            velocity.assign(stepped[0]);
            variable.assign(stepped[1]);
            return;
          }
          const scaled = scale === 1 ? gradient : tf.mul(gradient, scale);
          const decayed = weightDecay === 0 ? scaled : tf.add(scaled, tf.mul(variable, weightDecay));
          velocity.assign(tf.add(tf.mul(velocity, momentum), decayed));
          variable.assign(tf.sub(variable, tf.mul(velocity, rate)));
        });
      }
      return norm;
    },
    state: () => saveVariables(velocities),
    restore: (state) => restoreVariables(velocities, state),
    dispose: () => tf.dispose([...velocities.values()]),
  };
}
