import { createHash } from 'node:crypto';
import { readExampleImage } from '@rcnn/datasets/node';
import type { RegionDetector } from '@rcnn/models';
import { openFeatureCache, type ComputeFeatures, type FeatureCache } from '../features/feature-cache.ts';
import type { Precision } from '../features/feature-shard.ts';
import { createProgress } from '../progress.ts';
import type { PlannedImage } from './region-plan.ts';

/** What of a detector the stages after fine-tuning need. */
export type FeatureModel = Pick<RegionDetector, 'config' | 'dimensions' | 'features'>;

/** The pool5 features of all planned regions, on disk, and how to compute them anew. */
export interface RegionFeatures {
  readonly plan: readonly PlannedImage[];
  readonly cache: FeatureCache;
  readonly compute: ComputeFeatures;
}

/** What {@link extractFeatures} needs beside the network. */
export interface ExtractOptions {
  readonly plan: readonly PlannedImage[];
  readonly folder: string;
  /** What the features depend on beside the regions: a hash of the network, its settings. */
  readonly network: string;
  readonly precision: Precision;
  readonly label: string;
}

/** Computes the features of every region that are not in the cache yet. */
export async function extractFeatures(model: RegionDetector, { plan, folder, network, precision, label }: ExtractOptions): Promise<RegionFeatures> {
  const { config } = model;
  const geometry = config.model === 'rcnn' ? { crop: config.crop } : { scales: config.scales, levels: config.levels };
  const regions = createHash('sha256');
  for (const { boxes, example } of plan) regions.update(example.file).update(new Uint8Array(boxes.buffer, boxes.byteOffset, boxes.byteLength));
  const cache = openFeatureCache(folder, {
    identity: { network, backbone: config.backbone, pixels: config.pixels, ...geometry, regions: regions.digest('hex') },
    images: plan.map(({ example, boxes }) => ({ id: example.id, rows: boxes.length / 4 })),
    dimensions: model.dimensions.pool5,
    precision,
    shardBytes: 16 * 2 ** 20, // what an interruption may lose: some seconds to a minute of work
    onNotice: (line) => process.stderr.write(`rcnn: ${line}\n`),
  });
  const compute: ComputeFeatures = async (image) => model.pool5(await readExampleImage(plan[image].example), plan[image].boxes);
  if (cache.present() < cache.shards) {
    const progress = createProgress({ label, total: plan.length, unit: 'images' });
    await cache.fill(compute, (count) => progress.advance(count)).finally(progress.finish);
  }
  return { plan, cache, compute };
}
