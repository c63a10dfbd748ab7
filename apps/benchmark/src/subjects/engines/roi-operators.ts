import { type EngineName } from '@rcnn/engine';
import { asBoxes, createRng, type Boxes } from '@rcnn/geometry';
import { roiAlign, roiPool } from '@rcnn/roi-ops';
import * as tf from '@tensorflow/tfjs-core';

import { type BenchmarkCase } from '../../subject.ts';
import { noise, tensorCase } from './tensor-case.ts';

const ROIS = 512;
const featuresShape = [1, 100, 168, 256];
const dyShape = [ROIS, 7, 7, 256];
const spatialScale = 1 / 8;

/** RoIAlign and RoIPool of 512 RoIs, 7×7, from a map of 100×168 with 256 channels; sides of 32 to 480 image pixels. */
export function roiCases(engine: EngineName): BenchmarkCase[] {
  const boxes = regions();
  const images = new Int32Array(ROIS);
  const operators = {
    'roi-align': (features: tf.Tensor4D) => roiAlign(features, boxes, images, { outputSize: 7, spatialScale, samplingRatio: 2 }),
    'roi-pool': (features: tf.Tensor4D) => roiPool(features, boxes, images, { outputSize: 7, spatialScale }),
  };
  return Object.entries(operators).flatMap(([name, operator]): BenchmarkCase[] => {
    const rest = { tolerance: 1e-3, rounds: 5, duration: 1000 };
    const shared = { boxes: { data: boxes, shape: [ROIS, 4] }, features: noise(1, featuresShape) };
    return [
      {
        ...tensorCase({ engine, inputs: () => ({ features: noise(1, featuresShape) }), compute: ({ features }) => operator(features as tf.Tensor4D) }),
        ...rest,
        name: `${name} forward`,
        peer: { operation: `${name} forward`, arrays: shared, options: { spatialScale } },
      },
      {
        ...tensorCase({
          engine,
          inputs: () => ({ features: noise(1, featuresShape), dy: noise(2, dyShape) }),
          compute: ({ features, dy }) => {
            const { value, grad } = tf.valueAndGrad((map) => operator(map as tf.Tensor4D))(features, dy as tf.Tensor4D);
            value.dispose();
            return grad;
          },
        }),
        ...rest,
        name: `${name} forward+gradient`,
        peer: { operation: `${name} gradient`, arrays: { ...shared, dy: noise(2, dyShape) }, options: { spatialScale } },
      },
    ];
  });
}

function regions(): Boxes {
  const rng = createRng(1);
  const boxes = new Float32Array(4 * ROIS);
  for (let i = 0; i < boxes.length; i += 4) {
    const [width, height] = [32 + 448 * rng.uniform(), 32 + 448 * rng.uniform()];
    const [x, y] = [(1344 - width) * rng.uniform(), (800 - height) * rng.uniform()];
    boxes.set([x, y, x + width, y + height], i);
  }
  return asBoxes(boxes);
}
