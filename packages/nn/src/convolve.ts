import * as tf from '@tensorflow/tfjs-core';
import { activationGradient, type Activation } from './activation.ts';
import { dilateFilter } from './dilate-filter.ts';

/** Padding: TensorFlow's `same` (the odd pixel at the end), or as many zeros on every side. */
export type Padding = 'same' | number;

/** Options of {@link convolve} and {@link convolveDepthwise}. */
export interface ConvolveOptions {
  readonly stride?: number;
  readonly padding?: Padding;
  readonly dilation?: number;
  readonly activation?: Activation;
}

/** The backends whose gradients of a convolution know dilation; tfjs's own leave it out, or refuse. */
const dilatingBackends: readonly string[] = ['wasm', 'onnx'];

type Attributes = tf.NamedAttrMap & { strides: [number, number]; pad: 'same' | 'valid'; activation: Activation };

/** y = activation(x ∗ filter + bias), one kernel forward; x [N, H, W, Ci], filter [kh, kw, Ci, Co], bias [Co]. */
export function convolve(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined, options: ConvolveOptions = {}): tf.Tensor4D {
  return run('FusedConv2D', x, filter, bias, options);
}

/** The same with one filter a channel: filter [kh, kw, C, 1]. */
export function convolveDepthwise(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined, options: ConvolveOptions = {}): tf.Tensor4D {
  return run('FusedDepthwiseConv2D', x, filter, bias, options);
}

function run(
  kernel: string, x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined,
  { stride = 1, padding = 'same', dilation = 1, activation = 'linear' }: ConvolveOptions,
): tf.Tensor4D {
  registerGradients();
  if (dilation > 1 && !dilatingBackends.includes(tf.getBackend())) {
    return tf.tidy(() => run(kernel, x, dilateFilter(filter, dilation), bias, { stride, padding, activation }));
  }
  const attributes = { strides: [stride, stride], dataFormat: 'NHWC', dilations: [dilation, dilation], activation };
  const apply = (map: tf.Tensor4D, pad: Attributes['pad']): tf.Tensor4D =>
    tf.engine().runKernel(kernel, bias === undefined ? { x: map, filter } : { x: map, filter, bias }, { ...attributes, pad });
  if (padding === 'same' || padding === 0) return apply(x, padding === 0 ? 'valid' : 'same');
  // At stride 1 this many zeros on every side are TensorFlow's `same`.
  const keepsExtent = [filter.shape[0], filter.shape[1]].every((side) => 2 * padding === dilation * (side - 1));
  if (stride === 1 && keepsExtent) return apply(x, 'same');
  // libtensorflow differentiates no convolution with explicit padding, so that the zeros are put around the map before.
  return tf.tidy(() => apply(tf.pad(x, [[0, 0], [padding, padding], [padding, padding], [0, 0]]), 'valid'));
}

/**
 * tfjs differentiates its fused convolutions inside the op, computes every gradient whether needed or not, and knows no
 * relu6. Gradients registered for the kernels are asked for input by input: a frozen stage costs nothing.
 */
function registerGradients(): void {
  if (tf.getGradient('FusedConv2D') !== undefined) return;
  const gradient = (kernelName: string, toInput: string, toFilter: string): void => {
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x', 'filter'],
      outputsToSave: [true],
      gradFunc: (dys, saved, attributes) => {
        const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
        const { activation, ...convolution } = attributes as Attributes;
        const dy = activationGradient(dys as tf.Tensor4D, y, activation);
        const run = (name: string, inputs: tf.NamedTensorMap, shape: object): tf.Tensor =>
          tf.engine().runKernel(name, inputs, { ...convolution, ...shape });
        return {
          x: () => run(toInput, { dy, filter }, { inputShape: x.shape }),
          filter: () => run(toFilter, { x, dy }, { filterShape: filter.shape }),
          bias: () => tf.sum(dy, [0, 1, 2]),
        };
      },
    });
  };
  gradient('FusedConv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter');
  gradient('FusedDepthwiseConv2D', 'DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter');
}
