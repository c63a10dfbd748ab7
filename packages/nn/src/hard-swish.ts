import * as tf from '@tensorflow/tfjs-core';

/** A straight-line sigmoid (MobileNet v3, §5.2): min(max(x + 3, 0), 6) / 6. */
export function hardSigmoid<T extends tf.Tensor>(x: T): T {
  return tf.tidy(() => tf.div(tf.relu6(tf.add(x, 3)), 6));
}

/** x · {@link hardSigmoid}(x) (MobileNet v3, §5.2). */
export function hardSwish<T extends tf.Tensor>(x: T): T {
  return tf.tidy(() => tf.mul(x, hardSigmoid(x)));
}
