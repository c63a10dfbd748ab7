import * as tf from '@tensorflow/tfjs-core';

/** What an operator's forward pass gives: its result, and what it wants to see again in the gradient. */
export interface Forward {
  readonly value: tf.Tensor;
  readonly saved?: readonly tf.Tensor[];
}

/**
 * An operator of one tensor from its forward pass and its gradient, neither of which tfjs looks into.
 * A gradient of the gradient is not defined.
 */
export function withGradient(
  input: tf.Tensor,
  forward: () => Forward,
  gradient: (dy: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  return tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const save = inputs[1] as tf.GradSaveFunc;
    const { value, saved = [] } = forward();
    save([...saved]);
    return { value, gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => gradient(dy, kept) };
  })(input);
}
