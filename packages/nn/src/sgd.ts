import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameters.ts';

/** Options of {@link sgd}. */
export interface SgdOptions {
  readonly momentum?: number;
  readonly weightDecay?: number;
  /** Gradients are scaled down together where their common norm is above this. */
  readonly clipNorm?: number;
}

/** An optimiser over named parameters. */
export interface Optimizer {
  /** Changes the parameters by one step and answers the norm of the gradients before clipping. */
  readonly step: (gradients: ReadonlyMap<string, tf.Tensor>, learningRate: number) => number;
  /** What must be saved to go on exactly: the velocities, by parameter name; shapes as the parameters'. */
  readonly state: () => ReadonlyMap<string, Float32Array>;
  /** Goes on from a saved state. @throws Error naming a parameter whose velocity is missing or of another size */
  readonly restore: (state: ReadonlyMap<string, Float32Array>) => void;
  readonly dispose: () => void;
}

/**
 * Stochastic gradient descent as PyTorch writes it: g ← g + λw; v ← μv + g; w ← w − ηv, with momentum μ, weight decay
 * λ and learning rate η.
 */
export function sgd(parameters: readonly Parameter[], { momentum = 0.9, weightDecay = 0, clipNorm = Infinity }: SgdOptions = {}): Optimizer {
  const velocities = new Map(parameters.map(({ name, variable }) => [name, tf.tidy(() => tf.variable(tf.zerosLike(variable), false))]));
  const velocityOf = (name: string): tf.Variable => {
    const velocity = velocities.get(name);
    if (velocity === undefined) throw new Error(`sgd: no parameter "${name}"`);
    return velocity;
  };
  return {
    step: (gradients, learningRate) =>
      tf.tidy(() => {
        const norm = globalNorm([...gradients.values()]);
        const scale = norm > clipNorm ? clipNorm / norm : 1;
        for (const { name, variable } of parameters) {
          const gradient = gradients.get(name);
          if (gradient === undefined) continue;
          const velocity = velocityOf(name);
          tf.tidy(() => {
            const scaled = scale === 1 ? gradient : tf.mul(gradient, scale);
            const decayed = weightDecay === 0 ? scaled : tf.add(scaled, tf.mul(variable, weightDecay));
            velocity.assign(tf.add(tf.mul(velocity, momentum), decayed));
            variable.assign(tf.sub(variable, tf.mul(velocity, learningRate)));
          });
        }
        return norm;
      }),
    state: () => new Map([...velocities].map(([name, velocity]) => [name, velocity.dataSync<'float32'>().slice()])),
    restore: (state) => {
      for (const [name, velocity] of velocities) {
        const values = state.get(name);
        if (values?.length !== velocity.size) {
          throw new Error(`sgd: expected ${velocity.size} velocities for "${name}", got ${values?.length ?? 'none'}`);
        }
        tf.tidy(() => velocity.assign(tf.tensor(values, velocity.shape)));
      }
    },
    dispose: () => {
      for (const velocity of velocities.values()) velocity.dispose();
    },
  };
}

/** √Σ‖g‖² over all tensors. */
export function globalNorm(tensors: readonly tf.Tensor[]): number {
  let sum = 0;
  for (const tensor of tensors) {
    const square = tf.tidy(() => tf.sum(tf.square(tensor)));
    sum += square.dataSync()[0];
    square.dispose();
  }
  return Math.sqrt(sum);
}
