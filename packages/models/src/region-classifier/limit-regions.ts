import { nms, takeBoxes, type Boxes } from '@rcnn/geometry';
import type { RegionLimits } from './config.ts';

/**
 * The proposals of an image that are looked at: the first in rank, of boxes nearly alike only the first. Selective search
 * proposes the same region many times over, a pixel apart; a threshold of .8 keeps about .4 of its boxes and loses hardly
 * an object.
 */
export function limitRegions(proposals: Boxes, { nmsThreshold, ...limits }: RegionLimits, use: 'train' | 'test'): Boxes {
  const limit = limits[use];
  if (nmsThreshold >= 1) return proposals.slice(0, 4 * limit) as Boxes;
  const ranks = Float32Array.from({ length: proposals.length / 4 }, (_, i) => -i);
  return takeBoxes(proposals, nms(proposals, ranks, { threshold: nmsThreshold, limit }));
}
