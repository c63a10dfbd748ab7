import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from '@rcnn/nn';

/**
 * The loss of masks that compete (He et al. 2017, table 2b): the mean cross-entropy of a softmax over the classes in each pixel,
 * whose class is the region's inside the object and 0, the background, outside. 0 for no region.
 * @param logits [R, m, m, K + 1]
 * @param labels classes 1…K of the regions
 * @param targets [R, m, m], from 0 to 1; in between, a pixel is both
 */
export function multinomialMaskLoss(logits: tf.Tensor4D, labels: Int32Array, targets: Float32Array): tf.Scalar {
  return tf.tidy(() => {
    const [regions, side, , classes] = logits.shape;
    if (regions === 0) return tf.scalar(0);
    const pixels = side * side;
    const wanted = new Float32Array(regions * pixels * classes);
    targets.forEach((inside, pixel) => {
      wanted[pixel * classes] = 1 - inside;
      wanted[pixel * classes + labels[Math.floor(pixel / pixels)]] += inside;
    });
    const rows = tf.reshape<tf.Rank.R2>(logits, [regions * pixels, classes]);
    return tf.mean<tf.Scalar>(softmaxCrossEntropy(rows, tf.tensor2d(wanted, [regions * pixels, classes])));
  });
}
