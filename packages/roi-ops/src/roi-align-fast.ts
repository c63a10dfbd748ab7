import type * as tf from '@tensorflow/tfjs-core';
import { alignFeatures, alignGradient } from './align-loops.ts';
import { hostNumbers, hostTensors } from './host-memory.ts';
import { runRoiKernel, type FeaturesShape, type RoiAlignAttributes } from './kernels.ts';
import { withGradient } from './with-gradient.ts';

type Attributes = RoiAlignAttributes & FeaturesShape;

/** RoIAlign by the current backend's own kernels; see `kernels.ts`. */
export function roiAlignByKernel(features: tf.Tensor4D, attributes: Attributes): tf.Tensor4D {
  return withGradient(
    features,
    () => ({ value: runRoiKernel('RoIAlign', { features }, attributes)[0] }),
    (dy) => runRoiKernel('RoIAlignGrad', { dy }, attributes)[0],
  ) as tf.Tensor4D;
}

/** RoIAlign by loops over the tensors' memory, for backends that keep it where JavaScript reads it. */
export function roiAlignOnHost(features: tf.Tensor4D, attributes: Attributes): tf.Tensor4D {
  const { images, height, width, featuresShape } = attributes;
  const outputShape = [images.length, height, width, featuresShape[3]];
  const forward = () => {
    const [value] = hostTensors(outputShape, ['float32'], (out) => {
      alignFeatures(hostNumbers(features, 'float32'), attributes, out);
    });
    return { value };
  };
  const gradient = (dy: tf.Tensor) =>
    hostTensors(featuresShape, ['float32'], (out) => {
      alignGradient(hostNumbers(dy, 'float32'), attributes, out);
    })[0];
  return withGradient(features, forward, gradient) as tf.Tensor4D;
}
