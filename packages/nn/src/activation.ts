import * as tf from '@tensorflow/tfjs-core';

/** What may follow a product in the same pass: nothing, max(0, x), or min(max(0, x), 6). */
export type Activation = 'linear' | 'relu' | 'relu6';

/** The activation by itself. */
export function activate<T extends tf.Tensor>(x: T, activation: Activation): T {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
  }
}

/** dx from dy and the activation's result y. */
export function activationGradient<T extends tf.Tensor>(dy: T, y: T, activation: Activation): T {
  switch (activation) {
    case 'linear':
      return dy;
    case 'relu':
      return tf.mul(dy, tf.step(y));
    case 'relu6':
      return tf.tidy(() => tf.mul(dy, tf.mul(tf.step(y), tf.step(tf.sub(6, y)))));
  }
}
