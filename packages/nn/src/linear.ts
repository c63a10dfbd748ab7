import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './activation.ts';
import { activationGradient } from './activation.ts';
import { constant, kaimingUniform, type Initializer } from './initializers.ts';
import type { Layout } from './layout.ts';
import type { Parameters } from './parameters.ts';

/** Options of {@link linear}. */
export interface LinearOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation?: Activation;
  readonly initializer?: Initializer;
  /** `flattened` if the inputs are a flattened map. */
  readonly layout?: Layout;
}

/** y = activation(x · W + b): x [R, inputs] → y [R, outputs]; parameters `weight` and `bias`. */
export function linear(
  parameters: Parameters,
  { inputs, outputs, activation = 'linear', initializer = kaimingUniform(), layout = { kind: 'linear' } }: LinearOptions,
): (x: tf.Tensor2D) => tf.Tensor2D {
  const weight = parameters.create('weight', [inputs, outputs], initializer, { layout });
  const bias = parameters.create('bias', [outputs], constant(0));
  return (x) => {
    registerGradient();
    return tf.engine().runKernel('_FusedMatMul', { a: x, b: weight, bias }, { transposeA: false, transposeB: false, activation });
  };
}

/** As for the fused convolutions: tfjs's own is inside the op, eager, and without relu6. */
function registerGradient(): void {
  if (tf.getGradient('_FusedMatMul') !== undefined) return;
  tf.registerGradient({
    kernelName: '_FusedMatMul',
    inputsToSave: ['a', 'b'],
    outputsToSave: [true],
    gradFunc: (dys, saved, attributes) => {
      const [a, b, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const dy = activationGradient(dys as tf.Tensor2D, y, (attributes as { activation: Activation }).activation);
      return {
        a: () => tf.matMul(dy, b, false, true),
        b: () => tf.matMul(a, dy, true, false),
        bias: () => tf.sum(dy, 0),
      };
    },
  });
}
