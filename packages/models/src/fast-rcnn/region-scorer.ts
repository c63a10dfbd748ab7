import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '@rcnn/nn';
import { svmBuffers } from '../region-classifier/svm-buffers.ts';

/** The scores of R regions from their features and from the logits of the softmax: [R, K + 1] between 0 and 1, background first. */
export type RegionScorer = (rows: tf.Tensor2D, logits: tf.Tensor2D) => tf.Tensor2D;

/** The softmax that is learnt with the network (Fast R-CNN, §2.1). */
export const softmaxScorer: RegionScorer = (_, logits) => tf.softmax(logits);

/**
 * Linear SVMs on the regions' features in place of the softmax (Fast R-CNN, §5.4): their scores through the logistic function, by
 * which 0 becomes .5 and the order stays; 0 where a class's threshold is not exceeded, and for background. The SVMs are buffers,
 * zero until they are loaded: parameters `weight`, `bias`, `threshold`.
 */
export function svmScorer(parameters: Parameters, options: { readonly inputs: number; readonly classes: number }): RegionScorer {
  const { weight, bias, threshold } = svmBuffers(parameters, options);
  return (rows) =>
    tf.tidy(() => {
      const margins = tf.add<tf.Tensor2D>(tf.matMul(rows, weight), bias);
      const scores = tf.mul<tf.Tensor2D>(tf.sigmoid(margins), tf.cast(tf.greater(margins, threshold), 'float32'));
      return tf.pad2d(scores, [[0, 0], [1, 0]]);
    });
}
