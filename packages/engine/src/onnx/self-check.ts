import * as tf from '@tensorflow/tfjs-core';

/** Convolutions that between them take every way this engine multiplies: Winograd's, windows, a plain product. */
const cases = [
  { x: [1, 17, 18, 16], filter: [3, 3, 16, 16], strides: 1 },
  { x: [2, 7, 6, 3], filter: [3, 3, 3, 5], strides: 2 },
  { x: [1, 5, 4, 6], filter: [1, 1, 6, 7], strides: 1 },
] as const;

const TOLERANCE = 1e-4;

/** Runs small convolutions and their gradients on `onnx` and on `cpu`. @throws Error naming what differs */
export async function selfCheck(): Promise<void> {
  for (const [i, { x, filter, strides }] of cases.entries()) {
    const attributes = { strides, pad: 'same', dilations: 1, dataFormat: 'NHWC' };
    const results: Float32Array[][] = [];
    for (const backend of ['onnx', 'cpu']) {
      await tf.setBackend(backend);
      results.push(
        tf.tidy(() => {
          const run = (name: string, inputs: tf.NamedTensorMap, more: object = {}): tf.Tensor =>
            tf.engine().runKernel(name, inputs, { ...attributes, ...more });
          const [map, weights] = [pattern(x), pattern(filter)];
          const y = run('Conv2D', { x: map, filter: weights });
          const dx = run('Conv2DBackpropInput', { dy: y, filter: weights }, { inputShape: x });
          const dfilter = run('Conv2DBackpropFilter', { x: map, dy: y }, { filterShape: filter });
          return [y, dx, dfilter].map((tensor) => tensor.dataSync<'float32'>());
        }),
      );
    }
    const [onnx, cpu] = results;
    ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'].forEach((name, k) => {
      const largest = cpu[k].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = cpu[k].some((value, j) => !(Math.abs(value - onnx[k][j]) <= TOLERANCE * largest));
      if (off) throw new Error(`its self-check failed: ${name} of case ${i + 1} differs from cpu`);
    });
  }
}

/** Numbers in −1 … 1 without a visible pattern. */
function pattern(shape: readonly number[]): tf.Tensor {
  const count = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 1009) / 504.5 - 1), [...shape]);
}
