import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * The maximum along `axis` (removed) of the members, 0 where there is none. Its gradient goes to the first maximum only,
 * where tfjs's own `max` gives it to all.
 * @param values broadcast with `members`, which has an extent of 1 where `values` has bins' or the other way round
 * @param members 1 for a member, 0 for none
 */
export function firstMaximum(values: tf.Tensor4D, members: tf.Tensor4D, axis: number): tf.Tensor3D {
  const forward = () =>
    tf.tidy(() => {
      const place = tf.argMax(tf.where(tf.greater(members, 0), values, -Infinity), axis);
      return { value: tf.sum(tf.mul(values, chosen(place, members, axis)), axis), saved: [place, members] };
    });
  const gradient = (dy: tf.Tensor, [place, kept]: readonly tf.Tensor[]) =>
    tf.tidy(() => {
      const spread = tf.mul(tf.expandDims(dy, axis), chosen(place, kept as tf.Tensor4D, axis));
      return values.shape.reduce<tf.Tensor>(
        (sum, extent, i) => (extent === 1 && i !== axis ? tf.sum(sum, i, true) : sum),
        spread,
      );
    });
  return withGradient(values, forward, gradient) as tf.Tensor3D;
}

/** 1 at the place of each maximum, and 0 elsewhere and where there is no member. */
function chosen(place: tf.Tensor, members: tf.Tensor4D, axis: number): tf.Tensor {
  const extent = members.shape[axis];
  const along = [1, 1, 1, 1].map((one, i) => (i === axis ? extent : one));
  const isPlace = tf.equal(tf.expandDims(place, axis), tf.reshape(tf.range(0, extent, 1, 'int32'), along));
  return tf.mul(tf.cast(isPlace, 'float32'), members);
}
