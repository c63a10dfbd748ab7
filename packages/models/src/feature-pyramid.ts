import * as tf from '@tensorflow/tfjs-core';
import { convolution, kaimingUniform, normalizedConvolution, type Layer, type NormKind, type Parameters, type Pass } from '@rcnn/nn';

/**
 * Feature pyramid network (Lin et al. 2017, §3): each map to `channels` by a 1×1 convolution, the coarser one added
 * after nearest-neighbour upsampling, smoothed by a 3×3 convolution; one level more by taking every second pixel of
 * the coarsest. Maps of the same extent are added as they are. Finest first. Each convolution has a bias, or a norm in its
 * place. Parameters `inner_blocks.0.0`, `layer_blocks.0.0`, …, those of a norm at `inner_blocks.0.1`.
 */
export function featurePyramid(
  parameters: Parameters,
  { inChannels, channels, norm = 'none' }: { inChannels: readonly number[]; channels: number; norm?: NormKind | 'none' },
): (maps: readonly tf.Tensor4D[], pass: Pass) => tf.Tensor4D[] {
  const initializer = kaimingUniform({ a: 1 });
  const block = (kind: string, level: number, inputs: number, kernel: number): Layer => {
    const at = parameters.at(kind).at(String(level));
    const options = { inChannels: inputs, outChannels: channels, kernel, initializer };
    return norm === 'none' ? convolution(at.at('0'), options) : normalizedConvolution(at.at('0'), at.at('1'), { ...options, norm });
  };
  const inner = inChannels.map((inputs, level) => block('inner_blocks', level, inputs, 1));
  const smooth = inChannels.map((_, level) => block('layer_blocks', level, channels, 3));
  return (maps, pass) =>
    tf.tidy(() => {
      const pyramid: tf.Tensor4D[] = [];
      let coarser: tf.Tensor4D | undefined;
      for (let level = maps.length - 1; level >= 0; level--) {
        const lateral = inner[level](maps[level], pass);
        const [, height, width] = lateral.shape;
        const merged: tf.Tensor4D = coarser === undefined ? lateral : tf.add(lateral, doubled(coarser, height, width));
        pyramid.unshift(smooth[level](merged, pass));
        coarser = merged;
      }
      return [...pyramid, everySecondPixel(pyramid[pyramid.length - 1])];
    });
}

/**
 * Nearest-neighbour upsampling to twice the extent or a pixel less, or to no other extent, by concatenation: the gradient of tfjs's resizing is
 * wrong on its cpu backend where there are several channels.
 */
function doubled(map: tf.Tensor4D, toHeight: number, toWidth: number): tf.Tensor4D {
  const [images, height, width, channels] = map.shape;
  if (toHeight === height && toWidth === width) return map;
  const twice = (x: tf.Tensor, rows: number): tf.Tensor => {
    const column = tf.reshape(x, [rows, 1, -1]);
    return tf.concat([column, column], 1);
  };
  const all = tf.reshape<tf.Rank.R4>(twice(twice(map, images * height), images * height * 2 * width), [images, 2 * height, 2 * width, channels]);
  return toHeight === 2 * height && toWidth === 2 * width ? all : tf.slice(all, [0, 0, 0, 0], [images, toHeight, toWidth, channels]);
}

/** Max pooling of 1×1 windows at stride 2, by slices: the gradient of that pooling is wrong in tfjs's wasm backend. */
function everySecondPixel(map: tf.Tensor4D): tf.Tensor4D {
  const [images, height, width, channels] = map.shape;
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const even = tf.pad(map, [[0, 0], [0, 2 * rows - height], [0, 2 * columns - width], [0, 0]]);
  const upper = tf.slice(tf.reshape(even, [images * rows, 2, -1]), [0, 0, 0], [-1, 1, -1]);
  const left = tf.slice(tf.reshape(upper, [images * rows * columns, 2 * channels]), [0, 0], [-1, channels]);
  return tf.reshape(left, [images, rows, columns, channels]);
}
