import { takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import type { Regions } from '@rcnn/heads';
import { batchRegions } from '../batch-regions.ts';
import type { ImageConfig } from '../config.ts';
import { imageBatch, type ImageBatch } from '../image-batch.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import { nearestScales } from './nearest-scales.ts';

/** What {@link atNearestScales} needs beside images and regions. */
export interface NearestScalesOptions {
  readonly image: ImageConfig;
  readonly minSizes: readonly number[];
  /** How many numbers a region has in each kind of row. */
  readonly widths: readonly number[];
  /** The rows of regions in pixels of the input, [R, width] of each kind; of a batch that holds all images at one scale. */
  readonly compute: (batch: ImageBatch, regions: Regions) => Promise<readonly Float32Array[]>;
}

/** The rows of each image's regions, kind by kind, each region computed at the scale that {@link nearestScales} gives it. */
export async function atNearestScales(
  images: readonly RgbImage[], regions: readonly Boxes[], { image, minSizes, widths, compute }: NearestScalesOptions,
): Promise<Float32Array[][]> {
  const rows = regions.map((boxes) => widths.map((width) => new Float32Array((boxes.length / 4) * width)));
  const places = images.map((size, i) => nearestScales(regions[i], size, minSizes, image));
  for (const [at, minSize] of minSizes.entries()) {
    const chosen = places.map((scale) => [...scale.keys()].filter((i) => scale[i] === at));
    if (chosen.every((own) => own.length === 0)) continue;
    const batch = imageBatch(images, { ...image, minSize });
    const computed = await compute(batch, batchRegions(chosen.map((own, i) => resizedBoxes(takeBoxes(regions[i], own), images[i], batch.sizes[i]))));
    let row = 0;
    for (const [i, own] of chosen.entries()) {
      for (const region of own) {
        widths.forEach((width, kind) => rows[i][kind].set(computed[kind].subarray(row * width, (row + 1) * width), region * width));
        row++;
      }
    }
  }
  return rows;
}
