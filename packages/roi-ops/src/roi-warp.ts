import type { Boxes } from '@rcnn/geometry';
import type * as tf from '@tensorflow/tfjs-core';
import { checkRois } from './check-rois.ts';
import { heightAndWidth, type OutputSize } from './output-size.ts';
import { roiAlign } from './roi-align.ts';
import { roundHalfAway } from './round-half-away.ts';

/** How {@link roiWarp} pools. */
export interface RoiWarpOptions {
  /** Bins of the output. */
  readonly outputSize: OutputSize;
  /** Feature pixels per image pixel, 1 / stride; 1 by default. */
  readonly spatialScale?: number;
  /** Samples of a bin along each axis, of which the mean is taken; 1 by default, as in the paper. */
  readonly samplingRatio?: number;
}

/**
 * RoIWarp (Dai et al. 2016, Instance-aware Semantic Segmentation via Multi-task Network Cascades, §3.2), as Mask R-CNN (§4.2)
 * compares RoIAlign with it: each box is rounded to whole feature pixels as RoIPool's is and cut to the map, then that crop is
 * resized bilinearly, f(i) = Σₚ max(0, 1 − |x + i·w/W − p|) · f(p) along each axis; [R, height, width, C]. Differentiable with
 * respect to the features; boxes, being rounded, get no gradient.
 * @param features [N,H,W,C], float32
 * @param boxes R boxes in image pixels
 * @param images the image in the batch each box is on, R indices
 * @throws RangeError if an argument is not as described here
 */
export function roiWarp(
  features: tf.Tensor4D,
  boxes: Boxes,
  images: Int32Array,
  { outputSize, spatialScale = 1, samplingRatio = 1 }: RoiWarpOptions,
): tf.Tensor4D {
  const [height, width] = heightAndWidth('roiWarp', outputSize);
  checkRois('roiWarp', features, boxes, images, spatialScale);
  if (!(Number.isSafeInteger(samplingRatio) && samplingRatio > 0)) {
    throw new RangeError(`roiWarp: expected a positive integer samplingRatio, got ${samplingRatio}`);
  }
  const [, mapHeight, mapWidth] = features.shape;
  const crops = new Float32Array(boxes.length);
  for (let at = 0; at < boxes.length; at += 4) {
    const x = cropAxis(boxes[at], boxes[at + 2], mapWidth, spatialScale);
    const y = cropAxis(boxes[at + 1], boxes[at + 3], mapHeight, spatialScale);
    // RoIAlign's samples stand half a step further on than RoIWarp's: the box that it gets begins as much earlier.
    const [backX, backY] = [(0.5 * x.size) / (width * samplingRatio), (0.5 * y.size) / (height * samplingRatio)];
    crops.set([x.start - backX, y.start - backY, x.start - backX + x.size, y.start - backY + y.size], at);
  }
  return roiAlign(features, crops as Boxes, images, { outputSize, samplingRatio });
}

/** The whole pixels of the map that a box covers along an axis: at least one. */
function cropAxis(start: number, end: number, extent: number, spatialScale: number): { start: number; size: number } {
  const pixel = (position: number): number => roundHalfAway(Math.fround(position * Math.fround(spatialScale)));
  const first = Math.min(Math.max(pixel(start), 0), extent - 1);
  const last = Math.min(Math.max(pixel(end), first), extent - 1);
  return { start: first, size: last - first + 1 };
}
