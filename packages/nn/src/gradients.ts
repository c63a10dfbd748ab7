import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameters.ts';

/** Named scalar losses as numbers, and the gradient of their sum for each parameter. */
export interface Gradients<Name extends string> {
  readonly losses: Readonly<Record<Name, number>>;
  /** By parameter name; the caller disposes. A parameter that the losses do not reach has none. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/**
 * The losses that `compute` returns and the gradients of their sum with respect to `parameters`. Losses that reach none of them, as those
 * of a batch without regions, have no gradients; where `compute` throws, what it has computed is freed.
 */
export function gradientsOf<Name extends string>(
  parameters: readonly Parameter[],
  compute: () => Readonly<Record<Name, tf.Scalar>>,
): Gradients<Name> {
  let losses = {} as Readonly<Record<Name, number>>;
  const sum = (): tf.Scalar =>
    tf.tidy(() => {
      const scalars = compute();
      const entries = Object.entries<tf.Scalar>(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]]);
      losses = Object.fromEntries(entries) as Record<Name, number>;
      return tf.addN(Object.values<tf.Scalar>(scalars));
    });
  // Not tf.variableGrads, which refuses a loss without a gradient.
  const { value, grads } = freedOnError(() => tf.engine().gradients(sum, parameters.map(({ variable }) => variable), undefined, true));
  value.dispose();
  const gradients = new Map<string, tf.Tensor>();
  parameters.forEach(({ name }, i) => {
    // tfjs answers nothing where no path leads from the loss to the variable.
    const gradient = grads[i] as tf.Tensor | null | undefined;
    if (gradient) gradients.set(name, gradient);
  });
  return { losses, gradients };
}

/** What `compute` answers. tfjs keeps what a gradient was to be computed from where it throws. */
function freedOnError<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    for (const { saved } of tf.engine().state.activeTape ?? []) tf.dispose(saved ?? []);
    throw error;
  }
}
