import * as tf from '@tensorflow/tfjs-core';
import type { Boxes, RgbImage, Rng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { warpRegions } from '@rcnn/roi-ops';
import { createRegionNetwork } from '../networks/create-region-network.ts';
import type { RcnnConfig } from './config.ts';
import { firstAlike } from './distinct-regions.ts';
import { regionDetector, type RegionDetector } from './region-detector.ts';

/**
 * R-CNN (Girshick et al. 2014): every region is warped to the network's input with some context around it (appendix A),
 * and goes through the whole network by itself. Parameters are those of the network at `backbone.`, of its classifier at
 * `cls_score.`, and of SVMs and box regressors.
 */
export function rcnn(config: RcnnConfig, rng: Rng): RegionDetector {
  const root = createParameters(rng);
  const network = createRegionNetwork(root.at('backbone'), config.backbone);
  const [height, width] = network.pooled;
  const inBytes = (values: RcnnConfig['pixels']['mean']): [number, number, number] => [255 * values[0], 255 * values[1], 255 * values[2]];
  const [mean, deviation] = [inBytes(config.pixels.mean), inBytes(config.pixels.std)];
  const crops = (image: RgbImage, boxes: Boxes): tf.Tensor4D => {
    return tf.tensor4d(warpRegions(image, boxes, { ...config.crop, mean, deviation }), [boxes.length / 4, config.crop.size, config.crop.size, 3]);
  };
  const pooling = {
    dimensions: height * width * network.channels,
    open: (image: RgbImage) => ({
      pool5: (boxes: Boxes): tf.Tensor2D =>
        tf.tidy(() => {
          const pooled = network.pool5(network.convolutions(crops(image, boxes)));
          if (pooled.shape[1] !== height || pooled.shape[2] !== width) {
            throw new RangeError(`rcnn: expected crops that are pooled to ${height}×${width}, got ${pooled.shape[1]}×${pooled.shape[2]} of ${config.crop.size} pixels`);
          }
          return tf.reshape(pooled, [boxes.length / 4, height * width * network.channels]);
        }),
      sameAs: (boxes: Boxes): Int32Array => firstAlike(boxes.length / 4, (i) => boxes.subarray(4 * i, 4 * i + 4).join(' ')),
      maps: [],
      dispose: () => undefined,
    }),
  };
  return regionDetector(config, { root, network, pooling });
}
