import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { roiAlign, roiPool } from './index.ts';
import type { RoiKernelName } from './kernels.ts';
import { patternMap } from './testing/pattern.ts';

interface Call {
  readonly inputs: Readonly<Record<string, { readonly shape: number[]; readonly dtype: string }>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Runs `body` with kernels that give zeros of these shapes, and answers what they were called with. */
function withKernels(outputs: Partial<Record<RoiKernelName, [number[], tf.DataType][]>>, body: () => void): Record<string, Call> {
  const backendName = tf.getBackend();
  const calls: Record<string, Call> = {};
  const replaced = Object.keys(outputs).map((name) => tf.getKernel(name, backendName));
  replaced.filter(Boolean).forEach(({ kernelName }) => tf.unregisterKernel(kernelName, backendName));
  for (const [kernelName, shapes] of Object.entries(outputs)) {
    const kernelFunc = (call: unknown) => {
      calls[kernelName] = call as Call;
      return shapes.map(([shape, dtype]) => tf.zeros(shape, dtype));
    };
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
  tf.tidy(body);
  Object.keys(outputs).forEach((name) => tf.unregisterKernel(name, backendName));
  replaced.filter(Boolean).forEach((kernel) => tf.registerKernel(kernel));
  return calls;
}

describe.each(await availableEngines())("a backend's own kernels, on %s", (engine) => {
  const boxes = asBoxes([0, 0, 4, 4, 1, 1, 5, 3]);
  const images = Int32Array.of(1, 0);
  const featuresShape = [2, 5, 6, 3];
  const rois = { boxes, images, height: 4, width: 2, spatialScale: 0.5 };
  const pooled: [number[], tf.DataType] = [[2, 4, 2, 3], 'float32'];
  const map: [number[], tf.DataType] = [featuresShape, 'float32'];

  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('are run by roiAlign, forward and gradient, with what kernels.ts promises', () => {
    const calls = withKernels({ RoIAlign: [pooled], RoIAlignGrad: [map] }, () => {
      const options = { outputSize: [4, 2], spatialScale: 0.5, samplingRatio: 2, aligned: true } as const;
      tf.grad((features) => roiAlign(features as tf.Tensor4D, boxes, images, options))(patternMap(featuresShape, 9));
    });
    expect(calls['RoIAlign']).toMatchObject({
      inputs: { features: { shape: featuresShape, dtype: 'float32' } },
      attrs: { ...rois, samplingRatio: 2, aligned: true },
    });
    expect(calls['RoIAlignGrad']).toMatchObject({
      inputs: { dy: { shape: pooled[0], dtype: 'float32' } },
      attrs: { ...rois, samplingRatio: 2, aligned: true, featuresShape },
    });
  });

  it('are run by roiPool, forward and gradient, with what kernels.ts promises', () => {
    const calls = withKernels({ RoIPool: [pooled, [pooled[0], 'int32']], RoIPoolGrad: [map] }, () => {
      const options = { outputSize: [4, 2], spatialScale: 0.5 } as const;
      tf.grad((features) => roiPool(features as tf.Tensor4D, boxes, images, options))(patternMap(featuresShape, 9));
    });
    expect(calls['RoIPool']).toMatchObject({ inputs: { features: { shape: featuresShape, dtype: 'float32' } }, attrs: rois });
    expect(calls['RoIPoolGrad']).toMatchObject({
      inputs: { dy: { shape: pooled[0], dtype: 'float32' }, argmax: { shape: pooled[0], dtype: 'int32' } },
      attrs: { images, featuresShape },
    });
  });
});
