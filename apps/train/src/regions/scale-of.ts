import { createRng } from '@rcnn/geometry';
import { featureScale } from '@rcnn/heads';
import type { FeatureLayer } from '@rcnn/models';
import type { FeatureModel, RegionFeatures } from './region-features.ts';

/** Options of {@link scaleOf}. */
export interface ScaleOptions {
  readonly layer: FeatureLayer;
  readonly norm: number;
  readonly seed: number;
}

/** What brings the mean norm of the features of some regions of some images to `norm`. */
export async function scaleOf(model: FeatureModel, { plan, cache, compute }: RegionFeatures, { layer, norm, seed }: ScaleOptions): Promise<number> {
  const { statistics } = model.config.svm;
  const rng = createRng(seed);
  const images = [...rng.permutation(plan.length).subarray(0, statistics.images)].sort((a, b) => a - b);
  const chunks: Float32Array[] = [];
  for (const image of images) {
    const pool5 = await cache.image(compute, image);
    const { pool5: length } = model.dimensions;
    const rows = [...rng.permutation(pool5.length / length).subarray(0, statistics.regions)];
    const taken = new Float32Array(rows.length * length);
    rows.forEach((row, i) => taken.set(pool5.subarray(row * length, (row + 1) * length), i * length));
    const own = await model.features(taken, layer);
    // The norms are all that is needed of them: one number a region.
    chunks.push(normsOf(own, model.dimensions[layer]));
  }
  return featureScale(chunks, 1, { norm });
}

function normsOf(rows: Float32Array, length: number): Float32Array {
  return Float32Array.from({ length: rows.length / length }, (_, i) => Math.sqrt(rows.subarray(i * length, (i + 1) * length).reduce((sum, value) => sum + value * value, 0)));
}
