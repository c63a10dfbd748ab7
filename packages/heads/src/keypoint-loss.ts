import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from '@rcnn/nn';
import type { KeypointTargets } from './keypoint-targets.ts';

/**
 * The loss of keypoints (He et al. 2017, §5): the cross-entropy of a softmax over the m² cells of a keypoint's map, one of which is
 * right; its mean over the keypoints that have a target, as torchvision divides. 0 where none has.
 * @param logits [R, m, m, K]
 */
export function keypointLoss(logits: tf.Tensor4D, { maps, cells }: KeypointTargets): tf.Scalar {
  return tf.tidy(() => {
    if (maps.length === 0) return tf.scalar(0);
    const [regions, side, , keypoints] = logits.shape;
    const [rows, pixels] = [regions * keypoints, side * side];
    const byKeypoint = tf.transpose(tf.reshape(logits, [regions, pixels, keypoints]), [0, 2, 1]);
    // Rows of a keypoint without a target are 0 throughout, and add nothing. Not picked out: tfjs's gradient of a gather is slow.
    const wanted = new Float32Array(rows * pixels);
    maps.forEach((map, i) => (wanted[map * pixels + cells[i]] = 1));
    const each = softmaxCrossEntropy(tf.reshape(byKeypoint, [rows, pixels]), tf.tensor2d(wanted, [rows, pixels]));
    return tf.div<tf.Scalar>(tf.sum(each), maps.length);
  });
}
