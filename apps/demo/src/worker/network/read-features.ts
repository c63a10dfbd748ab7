import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Size } from '@rcnn/geometry';
import type { Trunk } from './trunk.ts';

/** One map of the pyramid, row-major, channels innermost. */
export interface FeatureMap {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Pixels of the network's input to a pixel of the map. */
  readonly stride: number;
  readonly data: Float32Array;
}

/** The maps that regions are pooled from, finest first, and what the image was resized to. */
export interface ReadFeaturesOutput {
  readonly maps: readonly FeatureMap[];
  readonly size: Size;
}

/** Runs the backbone and the pyramid on an image and reads the maps. */
export async function readFeatures(image: RgbImage, trunk: Trunk): Promise<ReadFeaturesOutput> {
  const { pixels, input, size } = trunk.take(image);
  const tensors = trunk.maps(pixels);
  const maps = await Promise.all(
    tensors.slice(0, -1).map(async (map) => {
      const [, height, width, channels] = map.shape;
      return { width, height, channels, stride: input.width / width, data: await map.data<'float32'>() };
    }),
  );
  tf.dispose([pixels, ...tensors]);
  return { maps, size };
}
