import * as tf from '@tensorflow/tfjs-core';
import { convolve, type ConvolveOptions } from './convolve.ts';

/**
 * A convolution whose channels fall into groups that do not see each other (Krizhevsky et al. 2012, §3.5; ResNeXt, Xie et
 * al. 2017): output channels of group g read the input channels of group g. x [N, H, W, Ci], filter [kh, kw, Ci / groups,
 * Co], bias [Co].
 * @throws RangeError if the groups do not divide both numbers of channels, or the filter is of another depth
 */
export function convolveGrouped(
  x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined, groups: number, options: ConvolveOptions = {},
): tf.Tensor4D {
  const [inChannels, depth, outChannels] = [x.shape[3], filter.shape[2], filter.shape[3]];
  if (inChannels !== depth * groups || outChannels % groups !== 0) {
    throw new RangeError(`convolveGrouped: expected ${groups} groups of ${depth} input channels and a share of ${outChannels} each, got ${inChannels} channels`);
  }
  if (groups === 1) return convolve(x, filter, bias, options);
  return tf.tidy(() => {
    const maps = tf.split<tf.Tensor4D>(x, groups, 3);
    const filters = tf.split<tf.Tensor4D>(filter, groups, 3);
    const biases = bias === undefined ? undefined : tf.split<tf.Tensor1D>(bias, groups);
    return tf.concat(maps.map((map, g) => convolve(map, filters[g], biases?.[g], options)), 3);
  });
}
