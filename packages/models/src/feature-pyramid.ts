import * as tf from '@tensorflow/tfjs-core';
import { convolution, kaimingUniform, type Parameters } from '@rcnn/nn';

/**
 * Feature pyramid network (Lin et al. 2017, §3): each map to `channels` by a 1×1 convolution, the coarser one added
 * after nearest-neighbour upsampling, smoothed by a 3×3 convolution; one level more by taking every second pixel of
 * the coarsest. Finest first. Parameters `inner_blocks.0.0`, `layer_blocks.0.0`, ….
 */
export function featurePyramid(
  parameters: Parameters,
  { inChannels, channels }: { inChannels: readonly number[]; channels: number },
): (maps: readonly tf.Tensor4D[]) => tf.Tensor4D[] {
  const initializer = kaimingUniform({ a: 1 });
  const place = (kind: string, level: number): Parameters => parameters.at(kind).at(String(level)).at('0');
  const inner = inChannels.map((inputs, level) =>
    convolution(place('inner_blocks', level), { inChannels: inputs, outChannels: channels, kernel: 1, initializer }),
  );
  const smooth = inChannels.map((_, level) =>
    convolution(place('layer_blocks', level), { inChannels: channels, outChannels: channels, initializer }),
  );
  return (maps) =>
    tf.tidy(() => {
      const pyramid: tf.Tensor4D[] = [];
      let coarser: tf.Tensor4D | undefined;
      for (let level = maps.length - 1; level >= 0; level--) {
        const lateral = inner[level](maps[level]);
        const [, height, width] = lateral.shape;
        const merged: tf.Tensor4D = coarser === undefined ? lateral : tf.add(lateral, tf.image.resizeNearestNeighbor(coarser, [height, width]));
        pyramid.unshift(smooth[level](merged));
        coarser = merged;
      }
      return [...pyramid, tf.maxPool(pyramid[pyramid.length - 1], 1, 2, 'valid')];
    });
}
