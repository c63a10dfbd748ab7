import * as tf from '@tensorflow/tfjs-core';
import { createAlignAxis, sampleAlignAxis } from './align-axis.ts';
import { imageMaps } from './image-maps.ts';
import { imageRuns } from './image-runs.ts';
import type { FeaturesShape, RoiAlignAttributes } from './kernels.ts';

type Attributes = RoiAlignAttributes & FeaturesShape;

/** Numbers that the products of a group of boxes may take between the two axes: 64 MiB. */
const MAX_INTERMEDIATE = 2 ** 24;

/**
 * RoIAlign as two matrix products a box, `Wy · F · Wxᵀ`: bilinear interpolation is linear along each axis. In tfjs's own
 * operators, on any backend, differentiated by tfjs; the fallback, since it holds R·P·W·C numbers between the two.
 */
export function roiAlignPortable(features: tf.Tensor4D, attributes: Attributes): tf.Tensor4D {
  const { images, height, width, featuresShape } = attributes;
  const [, mapHeight, mapWidth, channels] = featuresShape;
  return tf.tidy(() => {
    const wy = axisMatrix(attributes, 1, height, mapHeight);
    const wx = axisMatrix(attributes, 0, width, mapWidth);
    const maps = imageMaps(features);
    const longest = Math.max(1, Math.floor(MAX_INTERMEDIATE / (height * mapWidth * channels)));
    const pooled = imageRuns(images, longest).map(({ image, from, to }) => {
      const boxes = to - from;
      const rows = tf.tensor2d(wy.subarray(from * height * mapHeight, to * height * mapHeight), [boxes * height, mapHeight]);
      const columns = tf.tensor3d(wx.subarray(from * width * mapWidth, to * width * mapWidth), [boxes, width, mapWidth]);
      const byRow = tf.matMul(rows, tf.reshape(maps[image], [mapHeight, mapWidth * channels])); // [R·h, W·C]
      const turned = tf.transpose(tf.reshape(byRow, [boxes, height, mapWidth, channels]), [0, 2, 1, 3]); // [R, W, h, C]
      const byColumn = tf.matMul(columns, tf.reshape(turned, [boxes, mapWidth, height * channels])); // [R, w, h·C]
      return tf.transpose(tf.reshape(byColumn, [boxes, width, height, channels]), [0, 2, 1, 3]);
    });
    return tf.concat(pooled, 0) as tf.Tensor4D;
  });
}

/** The axis's weights of every box as rows over the whole map: [R·bins, extent]. */
function axisMatrix(attributes: Attributes, offset: 0 | 1, bins: number, extent: number): Float32Array {
  const { boxes } = attributes;
  const matrix = new Float32Array((boxes.length / 4) * bins * extent);
  const axis = createAlignAxis(boxes, offset, bins, extent, attributes);
  for (let r = 0; r < boxes.length / 4; r++) {
    sampleAlignAxis(axis, boxes[4 * r + offset], boxes[4 * r + offset + 2], extent, attributes);
    for (let b = 0; b < bins; b++) {
      for (let k = axis.first[b]; k < axis.first[b + 1]; k++) {
        matrix[(r * bins + b) * extent + axis.index[k]] = axis.weight[k];
      }
    }
  }
  return matrix;
}
