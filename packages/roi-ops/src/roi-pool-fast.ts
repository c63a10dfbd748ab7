import type * as tf from '@tensorflow/tfjs-core';
import { hostNumbers, hostTensors } from './host-memory.ts';
import { runRoiKernel, type FeaturesShape, type RoiPoolAttributes } from './kernels.ts';
import { poolFeatures, poolGradient } from './pool-loops.ts';
import { withGradient } from './with-gradient.ts';

type Attributes = RoiPoolAttributes & FeaturesShape;

/** RoIPool by the current backend's own kernels; see `kernels.ts`. */
export function roiPoolByKernel(features: tf.Tensor4D, attributes: Attributes): tf.Tensor4D {
  const { images, featuresShape } = attributes;
  const forward = () => {
    const [value, argmax] = runRoiKernel('RoIPool', { features }, attributes);
    return { value, saved: [argmax] };
  };
  const gradient = (dy: tf.Tensor, [argmax]: readonly tf.Tensor[]) =>
    runRoiKernel('RoIPoolGrad', { dy, argmax }, { images, featuresShape })[0];
  return withGradient(features, forward, gradient) as tf.Tensor4D;
}

/** RoIPool by loops over the tensors' memory, for backends that keep it where JavaScript reads it. */
export function roiPoolOnHost(features: tf.Tensor4D, attributes: Attributes): tf.Tensor4D {
  const { images, height, width, featuresShape } = attributes;
  const forward = () => {
    const shape = [images.length, height, width, featuresShape[3]];
    const [value, argmax] = hostTensors(shape, ['float32', 'int32'], (out, places) => {
      poolFeatures(hostNumbers(features, 'float32'), attributes, out, places);
    });
    return { value, saved: [argmax] };
  };
  const gradient = (dy: tf.Tensor, [argmax]: readonly tf.Tensor[]) =>
    hostTensors(featuresShape, ['float32'], (out) => {
      poolGradient(hostNumbers(dy, 'float32'), hostNumbers(argmax, 'int32'), attributes, out);
    })[0];
  return withGradient(features, forward, gradient) as tf.Tensor4D;
}
