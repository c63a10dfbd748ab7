import * as tf from '@tensorflow/tfjs-core';

/** Binary cross entropy of logits, element by element: max(x, 0) − x · t + log(1 + e^−|x|). */
export function sigmoidCrossEntropy<T extends tf.Tensor>(logits: T, targets: T): T {
  return tf.tidy(() => tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(logits))))));
}

/** Cross entropy of each row: logits [R, K] against one-hot (or soft) targets [R, K] → [R]. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), 1)) as tf.Tensor1D);
}

/**
 * Smooth L1 (Fast R-CNN, eq. 3) of differences, element by element: ½d²/β where |d| < β, |d| − ½β elsewhere; β = 0 is L1.
 */
export function smoothL1<T extends tf.Tensor>(differences: T, { beta = 1 }: { beta?: number } = {}): T {
  return tf.tidy(() => {
    const distance = tf.abs(differences);
    if (beta === 0) return distance;
    // With m = min(|d|, β) both branches are m(|d| − ½m)/β, without a comparison that has no gradient.
    const near = tf.minimum(distance, beta);
    return tf.mul(near, tf.div(tf.sub(distance, tf.mul(near, 0.5)), beta));
  });
}
