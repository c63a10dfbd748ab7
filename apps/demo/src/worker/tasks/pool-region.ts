import * as tf from '@tensorflow/tfjs-core';
import { asBoxes } from '@rcnn/geometry';
import { poolBins, roiAlign, roiPool } from '@rcnn/roi-ops';
import { ensureEngine } from '../engine/current-engine.ts';
import type { Task } from '../task.ts';

/** What {@link poolRegion} is told. */
export interface PoolRegionInput {
  /** One channel of a map, row-major. */
  readonly map: Float32Array;
  readonly width: number;
  readonly height: number;
  /** `[x1, y1, x2, y2]`, pixels of the network's input. */
  readonly box: readonly number[];
  readonly spatialScale: number;
  readonly bins: number;
  readonly samplingRatio: number;
  /** Whether RoIAlign has pixel centres at halves. */
  readonly aligned: boolean;
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
export const poolRegion: Task<PoolRegionInput, PoolRegionOutput> = async ({ map, width, height, box, spatialScale, bins, samplingRatio, aligned: isAligned }) => {
  await ensureEngine();
  const region = asBoxes(box);
  const [pooling, aligning] = tf.tidy(() => {
    const features = tf.tensor4d(map, [1, height, width, 1]);
    const image = Int32Array.of(0);
    return [
      roiPool(features, region, image, { outputSize: bins, spatialScale }),
      roiAlign(features, region, image, { outputSize: bins, spatialScale, samplingRatio, aligned: isAligned }),
    ];
  });
  const [pooled, aligned] = [await pooling.data<'float32'>(), await aligning.data<'float32'>()];
  tf.dispose([pooling, aligning]);
  return {
    pooled,
    aligned,
    poolX: poolBins(box[0], box[2], bins, width, { spatialScale }),
    poolY: poolBins(box[1], box[3], bins, height, { spatialScale }),
    alignX: samplePositions(box[0], box[2], { spatialScale, bins, samples: samplingRatio, aligned: isAligned }),
    alignY: samplePositions(box[1], box[3], { spatialScale, bins, samples: samplingRatio, aligned: isAligned }),
  };
};

/** How {@link samplePositions} lays out samples along an axis. */
export interface SampleLayout {
  readonly spatialScale: number;
  readonly bins: number;
  /** Of a bin. */
  readonly samples: number;
  readonly aligned: boolean;
}

/**
 * Where the samples of each bin stand along one axis, in numbers of map pixels, whose centres are at integers (He et al. 2017, §3): evenly.
 * Not aligned, a box is at least one map pixel long.
 */
export function samplePositions(start: number, end: number, { spatialScale, bins, samples, aligned }: SampleLayout): Float32Array {
  const begin = start * spatialScale - (aligned ? 0.5 : 0);
  const length = (end - start) * spatialScale;
  const size = aligned ? length : Math.max(length, 1);
  return Float32Array.from({ length: bins * samples }, (_, i) => begin + ((i + 0.5) * size) / (bins * samples));
}
