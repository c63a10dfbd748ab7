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

const ranges: Readonly<Record<Activation, readonly [number, number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

/** The range that an activation clamps to. */
export function activationRange(activation: Activation): readonly [number, number] {
  return ranges[activation];
}

/**
 * dx from dy and the activation's result y. Where the engine has a kernel `ClampGradient` ({dy, y}, {low, high}), one
 * pass over the memory.
 */
export function activationGradient<T extends tf.Tensor>(dy: T, y: T, activation: Activation): T {
  if (activation === 'linear') return dy;
  const [low, high] = ranges[activation];
  if (tf.getKernel('ClampGradient', tf.getBackend()) !== undefined) {
    return tf.engine().runKernel('ClampGradient', { dy, y }, { low, high });
  }
  return tf.tidy(() => tf.mul(dy, activation === 'relu' ? tf.step(y) : tf.mul(tf.step(y), tf.step(tf.sub(high, y)))));
}
