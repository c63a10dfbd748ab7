import * as tf from '@tensorflow/tfjs-core';
import type { Boxes } from '@rcnn/geometry';
import { poolBins, roiAlign, roiPool } from '@rcnn/roi-ops';

/** What {@link poolRegion} is told. */
export interface PoolRegionInput {
  /** One channel of a map, row-major. */
  readonly map: Float32Array;
  readonly width: number;
  readonly height: number;
  /** In pixels of the network's input. */
  readonly box: Boxes;
  readonly spatialScale: number;
  readonly bins: number;
  readonly samplingRatio: number;
}

/** Both operators on one region, and where on the map they look; bins and samples in map pixels, along each axis. */
export interface PoolRegionOutput {
  readonly pooled: Float32Array; // [bins, bins]
  readonly aligned: Float32Array; // [bins, bins]
  /** Two a bin: its first pixel, and one past its last. */
  readonly poolX: Int32Array;
  readonly poolY: Int32Array;
  /** `samples` a bin: positions on the grid of pixel centres, where RoIAlign reads between pixels. */
  readonly alignX: Float32Array;
  readonly alignY: Float32Array;
}

/** RoIPool and RoIAlign of one region on one channel. */
export async function poolRegion({ map, width, height, box, spatialScale, bins, samplingRatio }: PoolRegionInput): Promise<PoolRegionOutput> {
  const [pooling, aligning] = tf.tidy(() => {
    const features = tf.tensor4d(map, [1, height, width, 1]);
    const image = Int32Array.of(0);
    return [
      roiPool(features, box, image, { outputSize: bins, spatialScale }),
      roiAlign(features, box, image, { outputSize: bins, spatialScale, samplingRatio }),
    ];
  });
  const [pooled, aligned] = [await pooling.data<'float32'>(), await aligning.data<'float32'>()];
  tf.dispose([pooling, aligning]);
  return {
    pooled,
    aligned,
    poolX: poolBins(box[0], box[2], bins, width, { spatialScale }),
    poolY: poolBins(box[1], box[3], bins, height, { spatialScale }),
    alignX: samplePositions(box[0], box[2], spatialScale, bins, samplingRatio),
    alignY: samplePositions(box[1], box[3], spatialScale, bins, samplingRatio),
  };
}

/** Where the samples of each bin stand along one axis (He et al. 2017, §3): evenly, the box at least one map pixel long. */
export function samplePositions(start: number, end: number, spatialScale: number, bins: number, samples: number): Float32Array {
  const begin = start * spatialScale;
  const size = Math.max(end * spatialScale - begin, 1);
  return Float32Array.from({ length: bins * samples }, (_, i) => begin + ((i + 0.5) * size) / (bins * samples));
}
