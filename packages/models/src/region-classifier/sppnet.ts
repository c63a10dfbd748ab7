import * as tf from '@tensorflow/tfjs-core';
import { emptyBoxes, takeBoxes, type Boxes, type RgbImage, type Rng, type Size } from '@rcnn/geometry';
import { constant, createParameters, type Parameters } from '@rcnn/nn';
import { spatialPyramidPool, sppScales, sppWindows } from '@rcnn/roi-ops';
import { imageBatch } from '../image-batch.ts';
import { createRegionNetwork } from '../networks/create-region-network.ts';
import type { RegionNetwork } from '../networks/region-network.ts';
import type { SppnetConfig } from './config.ts';
import { firstAlike } from './distinct-regions.ts';
import { networkGeometry } from './network-geometry.ts';
import { regionDetector, type RegionDetector } from './region-detector.ts';
import type { OpenedImage } from './region-pooling.ts';

/** Each region's scale and its window of that scale's map. */
interface Projected {
  readonly scales: Uint8Array;
  readonly windows: Boxes;
}

/**
 * SPPnet for detection (He et al. 2014, §4): the convolutions run over the whole image once a scale, and every region is
 * pooled by a spatial pyramid from the map of the scale at which it is nearest to the size that the network was trained
 * on. No gradient reaches the convolutions: fine-tuning learns fc6 and fc7 alone, given `backbone.frozen`. Parameters as
 * those of `rcnn`, and given `fc6Norm` a buffer `spp.scale`, 1 until it is loaded.
 */
export function sppnet(config: SppnetConfig, rng: Rng): RegionDetector {
  const root = createParameters(rng);
  const made = createRegionNetwork(root.at('backbone'), config.backbone);
  const network = config.fc6Norm === null ? made : withScaledFc6(made, root);
  const geometry = networkGeometry(config.backbone.name);
  const { levels, scales, pixels } = config;
  const dimensions = levels.reduce((sum, bins) => sum + bins * bins, 0) * network.channels;

  const open = (image: RgbImage): OpenedImage => {
    const sizes: Size[] = [];
    const maps = scales.map((scale) =>
      tf.tidy(() => {
        const batch = imageBatch([image], { minSize: scale, maxSize: Infinity, ...pixels }, { divisor: 1 });
        sizes.push(batch.sizes[0]);
        return network.convolutions(batch.pixels);
      }),
    );
    const project = (boxes: Boxes): Projected => {
      const chosen = sppScales(boxes, image, { scales });
      const windows = emptyBoxes(boxes.length / 4);
      maps.forEach(({ shape: [, height, width] }, s) => {
        const own = [...chosen.keys()].filter((i) => chosen[i] === s);
        const projected = sppWindows(takeBoxes(boxes, own), { width, height }, { geometry, scale: sizes[s].width / image.width });
        own.forEach((i, at) => windows.set(projected.subarray(4 * at, 4 * at + 4), 4 * i));
      });
      return { scales: chosen, windows };
    };
    return {
      pool5: (boxes) =>
        tf.tidy(() => {
          const projected = project(boxes);
          const parts: tf.Tensor2D[] = [];
          const order: number[] = [];
          maps.forEach((map, s) => {
            const own = [...projected.scales.keys()].filter((i) => projected.scales[i] === s);
            if (own.length === 0) return;
            parts.push(spatialPyramidPool(map, takeBoxes(projected.windows, own), new Int32Array(own.length), { levels }));
            order.push(...own);
          });
          if (parts.length === 0) return tf.zeros<tf.Rank.R2>([0, dimensions]);
          if (parts.length === 1) return parts[0];
          // The convolutions have no gradient, so that none flows through this gather.
          const place = new Int32Array(order.length);
          order.forEach((region, at) => (place[region] = at));
          return tf.gather(tf.concat(parts), tf.tensor1d(place, 'int32'));
        }),
      sameAs: (boxes) => {
        const { scales: chosen, windows } = project(boxes);
        return firstAlike(chosen.length, (i) => `${chosen[i]} ${windows.subarray(4 * i, 4 * i + 4).join(' ')}`);
      },
      maps,
      dispose: () => tf.dispose(maps),
    };
  };
  return regionDetector(config, { root, network, pooling: { dimensions, open } });
}

/** Multiplies what fc6 reads: the convolutions' features have norms in the thousands, at which random layers do not learn. */
function withScaledFc6(network: RegionNetwork, root: Parameters): RegionNetwork {
  const scale = root.at('spp').create('scale', [1], constant(1), { buffer: true });
  return { ...network, fc6: (x, rng) => tf.tidy(() => network.fc6(tf.mul(x, scale), rng)) };
}
