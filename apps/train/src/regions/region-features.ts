import { createHash } from 'node:crypto';
import { readExampleImage } from '@rcnn/datasets/node';
import type { Boxes, RgbImage } from '@rcnn/geometry';
import type { RegionDetector, RegionTestConfig } from '@rcnn/models';
import { openFeatureCache, type ComputeFeatures, type FeatureCache } from '../features/feature-cache.ts';
import type { Precision } from '../features/feature-shard.ts';
import { createProgress } from '../progress.ts';
import type { PlannedImage } from './region-plan.ts';

/** What of a detector the stages after fine-tuning need: `pool5` is the layer whose features are on disk. */
export interface FeatureModel extends Pick<RegionDetector, 'dimensions' | 'features'> {
  readonly config: Pick<RegionDetector['config'], 'classes' | 'svm'> & { readonly test: Pick<RegionTestConfig, 'perImage' | 'preNms'> };
}

/** The features of all planned regions, pool5 of R-CNN and SPPnet, on disk, and how to compute them anew. */
export interface RegionFeatures {
  readonly plan: readonly PlannedImage[];
  readonly cache: FeatureCache;
  readonly compute: ComputeFeatures;
}

/** Where features of regions go. */
export interface ExtractOptions {
  readonly plan: readonly PlannedImage[];
  readonly folder: string;
  readonly precision: Precision;
  readonly label: string;
}

/** Where features come from. */
export interface FeatureSource {
  /** What they depend on beside the regions: a hash of the network, its settings. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly dimensions: number;
  readonly featuresOf: (image: RgbImage, boxes: Boxes) => Promise<Float32Array>;
}

/** Computes pool5 of every region that is not in the cache yet; `network` is a hash of the parameters below it. */
export async function extractPool5(model: RegionDetector, network: string, options: ExtractOptions): Promise<RegionFeatures> {
  const { config } = model;
  const geometry = config.model === 'rcnn' ? { crop: config.crop } : { scales: config.scales, levels: config.levels };
  const identity = { network, backbone: config.backbone, pixels: config.pixels, ...geometry };
  return extractFeatures({ identity, dimensions: model.dimensions.pool5, featuresOf: model.pool5 }, options);
}

/** Computes the features of every region that are not in the cache yet. */
export async function extractFeatures({ identity, dimensions, featuresOf }: FeatureSource, { plan, folder, precision, label }: ExtractOptions): Promise<RegionFeatures> {
  const regions = createHash('sha256');
  for (const { boxes, example } of plan) regions.update(example.file).update(new Uint8Array(boxes.buffer, boxes.byteOffset, boxes.byteLength));
  const cache = openFeatureCache(folder, {
    identity: { ...identity, regions: regions.digest('hex') },
    images: plan.map(({ example, boxes }) => ({ id: example.id, rows: boxes.length / 4 })),
    dimensions,
    precision,
    shardBytes: 16 * 2 ** 20, // what an interruption may lose: some seconds to a minute of work
    onNotice: (line) => process.stderr.write(`rcnn: ${line}\n`),
  });
  const compute: ComputeFeatures = async (image) => featuresOf(await readExampleImage(plan[image].example), plan[image].boxes);
  if (cache.present() < cache.shards) {
    const progress = createProgress({ label, total: plan.length, unit: 'images' });
    await cache.fill(compute, (count) => progress.advance(count)).finally(progress.finish);
  }
  return { plan, cache, compute };
}
