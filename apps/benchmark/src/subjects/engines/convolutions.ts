import { type EngineName } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';

import { type BenchmarkCase } from '../../subject.ts';
import { noise, tensorCase } from './tensor-case.ts';

/** A convolution of a map of `height × width` (padding included where it has a stride). */
interface Shape {
  readonly kernel: number;
  readonly stride: number;
  readonly channels: readonly [number, number];
  readonly size: readonly [height: number, width: number];
}

const IMAGES = 2;

/** The kinds of convolution in a ResNet-50-FPN at 320×426: stem, bottlenecks, pyramid. */
const shapes: readonly Shape[] = [
  { kernel: 7, stride: 2, channels: [3, 64], size: [325, 431] },
  { kernel: 3, stride: 1, channels: [64, 64], size: [80, 107] },
  { kernel: 1, stride: 1, channels: [64, 256], size: [80, 107] },
  { kernel: 3, stride: 2, channels: [128, 128], size: [81, 109] },
  { kernel: 1, stride: 1, channels: [1024, 256], size: [20, 27] },
  { kernel: 3, stride: 1, channels: [256, 256], size: [20, 27] },
  { kernel: 1, stride: 1, channels: [512, 2048], size: [10, 14] },
  { kernel: 3, stride: 1, channels: [512, 512], size: [10, 14] },
  { kernel: 3, stride: 1, channels: [256, 256], size: [40, 54] },
  { kernel: 3, stride: 1, channels: [256, 256], size: [80, 107] },
];

/** Operations that `cpu` is given at most. */
const MOST_OF_CPU = 1e9;

const passes = [
  { name: 'conv forward', kernel: 'Conv2D', operation: 'convForward' },
  { name: 'conv input-gradient', kernel: 'Conv2DBackpropInput', operation: 'convInputGradient' },
  { name: 'conv filter-gradient', kernel: 'Conv2DBackpropFilter', operation: 'convFilterGradient' },
] as const;

/** Forward and both gradients of every shape on an engine. */
export function convolutionCases(engine: EngineName): BenchmarkCase[] {
  return shapes.flatMap(({ kernel, stride, channels: [ci, co], size: [height, width] }): BenchmarkCase[] => {
    const xShape = [IMAGES, height, width, ci];
    const filterShape = [kernel, kernel, ci, co];
    const pad = stride === 1 ? 'same' : 'valid';
    const extent = (side: number) => (stride === 1 ? side : Math.floor((side - kernel) / stride) + 1);
    const dyShape = [IMAGES, extent(height), extent(width), co];
    const operations = 2 * IMAGES * dyShape[1] * dyShape[2] * kernel * kernel * ci * co;
    if (engine === 'cpu' && operations > MOST_OF_CPU) return [];
    const attributes = { strides: [stride, stride], pad, dilations: [1, 1], dataFormat: 'NHWC', inputShape: xShape, filterShape };
    const arrays = {
      Conv2D: () => ({ x: noise(1, xShape), filter: noise(2, filterShape, (kernel * kernel * ci) ** -0.5) }),
      Conv2DBackpropInput: () => ({ dy: noise(3, dyShape), filter: noise(2, filterShape, (kernel * kernel * co) ** -0.5) }),
      Conv2DBackpropFilter: () => ({ x: noise(1, xShape), dy: noise(3, dyShape, (IMAGES * dyShape[1] * dyShape[2]) ** -0.5) }),
    };
    return passes.map((pass) => ({
      ...tensorCase({
        engine,
        inputs: arrays[pass.kernel],
        compute: (inputs) => tf.engine().runKernel<tf.Tensor>(pass.kernel, inputs, attributes),
      }),
      name: `${pass.name} ${kernel}×${kernel}${stride > 1 ? `/${stride}` : ''} ${ci}→${co} at ${height}×${width}`,
      operations,
      peer: { operation: pass.operation, arrays: arrays[pass.kernel](), options: { stride, padding: stride === 1 ? (kernel - 1) / 2 : 0, xShape, filterShape } },
      tolerance: 1e-3,
      rounds: engine === 'cpu' ? 1 : 5,
      duration: engine === 'cpu' ? 0 : 500,
    }));
  });
}
