import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameters.ts';

/** Named scalar losses as numbers, and the gradient of their sum for each parameter. */
export interface Gradients<Name extends string> {
  readonly losses: Readonly<Record<Name, number>>;
  /** By parameter name; the caller disposes. A parameter that the losses do not reach has none. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/** The losses that `compute` returns and the gradients of their sum with respect to `parameters`. */
export function gradientsOf<Name extends string>(
  parameters: readonly Parameter[],
  compute: () => Readonly<Record<Name, tf.Scalar>>,
): Gradients<Name> {
  const names = new Map(parameters.map(({ name, variable }) => [variable.name, name]));
  let losses: Readonly<Record<Name, number>> | undefined;
  const { value, grads } = tf.variableGrads(
    () =>
      tf.tidy(() => {
        const scalars = compute();
        const entries = Object.entries<tf.Scalar>(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]]);
        losses = Object.fromEntries(entries) as Record<Name, number>;
        return tf.addN(Object.values<tf.Scalar>(scalars));
      }),
    parameters.map(({ variable }) => variable),
  );
  value.dispose();
  const gradients = new Map<string, tf.Tensor>();
  for (const [variable, gradient] of Object.entries(grads)) {
    const name = names.get(variable);
    // tfjs answers null where no path leads from the loss to the variable.
    if ((gradient as tf.Tensor | null) !== null && name !== undefined) gradients.set(name, gradient);
  }
  if (losses === undefined) throw new Error('gradientsOf: compute was not called');
  return { losses, gradients };
}
