import * as tf from '@tensorflow/tfjs-core';
import { activationGradient, type Activation } from './activation.ts';

/** Padding: TensorFlow's `same` (the odd pixel at the end), or as many zeros on every side. */
export type Padding = 'same' | number;

/** Options of {@link convolve} and {@link convolveDepthwise}. */
export interface ConvolveOptions {
  readonly stride?: number;
  readonly padding?: Padding;
  readonly dilation?: number;
  readonly activation?: Activation;
}

type Attributes = tf.NamedAttrMap & {
  strides: [number, number];
  pad: 'same' | [[number, number], [number, number], [number, number], [number, number]];
  activation: Activation;
};

/** y = activation(x ∗ filter + bias), one kernel forward; x [N, H, W, Ci], filter [kh, kw, Ci, Co], bias [Co]. */
export function convolve(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined, options: ConvolveOptions = {}): tf.Tensor4D {
  registerGradients();
  return tf.engine().runKernel('FusedConv2D', inputsOf(x, filter, bias), attributesOf(options));
}

/** The same with one filter a channel: filter [kh, kw, C, 1]. */
export function convolveDepthwise(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined, options: ConvolveOptions = {}): tf.Tensor4D {
  registerGradients();
  return tf.engine().runKernel('FusedDepthwiseConv2D', inputsOf(x, filter, bias), attributesOf(options));
}

function inputsOf(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D | undefined): tf.NamedTensorMap {
  return bias === undefined ? { x, filter } : { x, filter, bias };
}

function attributesOf({ stride = 1, padding = 'same', dilation = 1, activation = 'linear' }: ConvolveOptions): Attributes {
  const around: [number, number] = [Number(padding), Number(padding)];
  return {
    strides: [stride, stride],
    pad: padding === 'same' ? 'same' : [[0, 0], around, around, [0, 0]],
    dataFormat: 'NHWC',
    dilations: [dilation, dilation],
    activation,
  };
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
