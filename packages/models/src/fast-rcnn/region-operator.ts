import type * as tf from '@tensorflow/tfjs-core';
import type { Regions } from '@rcnn/heads';
import { roiAlign, roiPool } from '@rcnn/roi-ops';
import type { RegionOperatorConfig } from './config.ts';

/** Regions cut out of one map of a stride: [R, P, P, C]. */
export function cutRegions(map: tf.Tensor4D, { boxes, images }: Regions, stride: number, operator: RegionOperatorConfig): tf.Tensor4D {
  const common = { outputSize: operator.resolution, spatialScale: 1 / stride };
  switch (operator.kind) {
    case 'pool':
      return roiPool(map, boxes, images, common);
    case 'align':
      return roiAlign(map, boxes, images, { ...common, samplingRatio: operator.samplingRatio, aligned: operator.aligned });
  }
}
