import * as tf from '@tensorflow/tfjs-core';

/**
 * The loss 1 − GIoU of each predicted box and its target (Rezatofighi et al. 2019, algorithm 2), with
 * GIoU = IoU − (|C| − |A ∪ B|) / |C| and C the smallest box around both: from 0 to 2. Differentiable with respect to both.
 * @param predicted [R, 4], corners; `x1 ≤ x2`, `y1 ≤ y2`
 * @param targets [R, 4]
 * @returns [R]
 */
export function generalizedIouLoss(predicted: tf.Tensor2D, targets: tf.Tensor2D, { epsilon = 1e-7 }: { epsilon?: number } = {}): tf.Tensor1D {
  return tf.tidy(() => {
    const [low, high] = [corners(predicted), corners(targets)];
    // Differences of maxima and minima; relu stands for "none, if they do not meet".
    const overlap = (least: tf.Tensor, first: tf.Tensor): tf.Tensor => tf.relu(tf.sub(least, first));
    const intersection = tf.mul(
      overlap(tf.minimum(low.right, high.right), tf.maximum(low.left, high.left)),
      overlap(tf.minimum(low.bottom, high.bottom), tf.maximum(low.top, high.top)),
    );
    const union = tf.sub(tf.add(area(low), area(high)), intersection);
    const hull = tf.mul(
      tf.sub(tf.maximum(low.right, high.right), tf.minimum(low.left, high.left)),
      tf.sub(tf.maximum(low.bottom, high.bottom), tf.minimum(low.top, high.top)),
    );
    const iou = tf.div(intersection, tf.add(union, epsilon));
    const generalized = tf.sub(iou, tf.div(tf.sub(hull, union), tf.add(hull, epsilon)));
    return tf.sub<tf.Tensor1D>(1, generalized);
  });
}

interface Corners {
  readonly left: tf.Tensor;
  readonly top: tf.Tensor;
  readonly right: tf.Tensor;
  readonly bottom: tf.Tensor;
}

function corners(boxes: tf.Tensor2D): Corners {
  const column = (i: number): tf.Tensor => tf.reshape(tf.slice(boxes, [0, i], [-1, 1]), [-1]);
  return { left: column(0), top: column(1), right: column(2), bottom: column(3) };
}

function area({ left, top, right, bottom }: Corners): tf.Tensor {
  return tf.mul(tf.sub(right, left), tf.sub(bottom, top));
}
