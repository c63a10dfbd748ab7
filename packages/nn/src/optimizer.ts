import * as tf from '@tensorflow/tfjs-core';

/** Changes named parameters by their gradients. */
export interface Optimizer {
  /** Changes the parameters by one step and answers the norm of the gradients before clipping; where that is not finite, changes nothing. */
  readonly step: (gradients: ReadonlyMap<string, tf.Tensor>, learningRate: number) => number;
  /** What must be saved to go on exactly, by name; each as long as its parameter. */
  readonly state: () => ReadonlyMap<string, Float32Array>;
  /** Goes on from a saved state. @throws Error naming what is missing in it, or of another length */
  readonly restore: (state: ReadonlyMap<string, Float32Array>) => void;
  readonly dispose: () => void;
}

/** √Σ‖g‖² over all tensors. */
export function globalNorm(tensors: readonly tf.Tensor[]): number {
  if (tensors.length === 0) return 0;
  const squares = tf.tidy(() => tf.stack(tensors.map((tensor) => tf.sum(tf.square(tensor)))));
  const norm = Math.sqrt(squares.dataSync<'float32'>().reduce((sum, square) => sum + square, 0));
  squares.dispose();
  return norm;
}

/** What the gradients are multiplied by so that their common norm is `clipNorm` at most. */
export function clipScale(norm: number, clipNorm: number): number {
  return norm > clipNorm ? clipNorm / norm : 1;
}

/** Variables as a saved state. */
export function saveVariables(variables: ReadonlyMap<string, tf.Variable>): ReadonlyMap<string, Float32Array> {
  return new Map([...variables].map(([name, variable]) => [name, variable.dataSync<'float32'>().slice()]));
}

/** Gives variables the values of a saved state. @throws Error naming the first that is missing in it, or of another length */
export function restoreVariables(variables: ReadonlyMap<string, tf.Variable>, state: ReadonlyMap<string, Float32Array>): void {
  for (const [name, variable] of variables) {
    const values = state.get(name);
    if (values?.length !== variable.size) {
      throw new Error(`optimizer: expected ${variable.size} values for "${name}", got ${values?.length ?? 'none'}`);
    }
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
}
