import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import { bytesPerNumber, createShard, hasShard, parseShard, type Precision, type ShardHeader, type ShardRows } from './feature-shard.ts';

/** What a {@link FeatureCache} is to hold. */
export interface FeatureCacheOptions {
  /** Everything that the features depend on: dataset, network, settings. Other ones make the cache anew. */
  readonly identity: unknown;
  /** The images in order, and of how many regions each has features. */
  readonly images: readonly { readonly id: string; readonly rows: number }[];
  /** Numbers a region. */
  readonly dimensions: number;
  readonly precision?: Precision;
  /** A shard is at most so long, unless a single image is longer. */
  readonly shardBytes?: number;
  /** Told, in a line, of what was found damaged or out of date. */
  readonly onNotice?: (line: string) => void;
}

/** Features of the regions of a dataset's images, on disk in shards; in memory there is one shard at a time. */
export interface FeatureCache {
  /** Hash of everything that the features depend on. */
  readonly key: string;
  /** How many shards there are, and how many are on disk. */
  readonly shards: number;
  readonly present: () => number;
  /** Computes and writes the shards that are not there, after each telling how many images it holds. */
  readonly fill: (compute: ComputeFeatures, onImages?: (count: number) => void) => Promise<void>;
  /** The features of every image from `first` on, in order, verified; a shard that is missing or damaged is computed again. */
  readonly read: (compute: ComputeFeatures, first?: number) => AsyncGenerator<ImageFeatures>;
  /** Those of one image; of images of the same shard one after the other, the shard is read once. */
  readonly image: (compute: ComputeFeatures, image: number) => Promise<Float32Array>;
}

/** The features of the regions of image number `image`: [rows, dimensions]. */
export type ComputeFeatures = (image: number) => Promise<Float32Array>;

/** One image's features. */
export interface ImageFeatures {
  readonly image: number;
  readonly features: Float32Array;
}

const manifestName = 'manifest.json';

/**
 * The cache in a folder, made anew if what is there was made of something else. R-CNN writes the features of all regions to
 * disk before it trains its SVMs (Girshick et al. 2014, §2.3), hundreds of gigabytes for Pascal VOC: each shard is written
 * under a temporary name and renamed, so that an interrupted extraction goes on after the last whole one, and carries a
 * SHA-256 by which damage is found when it is read.
 */
export function openFeatureCache(
  folder: string,
  { identity, images, dimensions, precision = 'float32', shardBytes = 64 * 2 ** 20, onNotice = () => undefined }: FeatureCacheOptions,
): FeatureCache {
  const key = createHash('sha256').update(JSON.stringify([identity, images, dimensions, precision, shardBytes])).digest('hex');
  const starts = planShards(images, dimensions * bytesPerNumber(precision), shardBytes);
  const shards = starts.map((first, i) => {
    const header: ShardHeader = { key, precision, dimensions, images: images.slice(first, starts[i + 1] ?? images.length) };
    return { first, header, file: join(folder, `${String(i).padStart(6, '0')}.features`) };
  });
  prepareFolder(folder, { key, identity, precision, dimensions, images: images.length, shards: shards.length }, onNotice);

  const make = async ({ first, header, file }: (typeof shards)[number], compute: ComputeFeatures): Promise<void> => {
    const shard = createShard(header);
    for (let place = 0; place < header.images.length; place++) shard.add(await compute(first + place));
    shard.write(file);
  };
  const open = async ({ file, header }: (typeof shards)[number]): Promise<ShardRows> => parseShard(await readFile(file), header);
  const openOrMake = (shard: (typeof shards)[number], compute: ComputeFeatures): Promise<ShardRows> =>
    open(shard).catch(async (error: Error) => {
      const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
      onNotice(`${shard.file}: ${absent ? 'missing' : error.message}; computed again`);
      await make(shard, compute);
      return open(shard);
    });
  let last: { readonly shard: number; readonly rows: ShardRows } | undefined;

  return {
    key,
    shards: shards.length,
    present: () => shards.filter(({ file, header }) => hasShard(file, header)).length,
    fill: async (compute, onImages = () => undefined) => {
      for (const shard of shards) {
        if (!hasShard(shard.file, shard.header)) await make(shard, compute);
        onImages(shard.header.images.length);
      }
    },
    read: async function* (compute, from = 0) {
      for (const shard of shards) {
        const count = shard.header.images.length;
        if (shard.first + count <= from) continue;
        const opened = await openOrMake(shard, compute);
        for (let place = Math.max(0, from - shard.first); place < count; place++) {
          yield { image: shard.first + place, features: opened.rows(place) };
        }
      }
    },
    image: async (compute, image) => {
      const shard = starts.findLastIndex((first) => first <= image);
      if (last?.shard !== shard) {
        last = undefined; // before the next one is read
        last = { shard, rows: await openOrMake(shards[shard], compute) };
      }
      return last.rows.rows(image - starts[shard]);
    },
  };
}

/** The first image of each shard: as many images together as fit, one at least. */
function planShards(images: FeatureCacheOptions['images'], bytesPerRow: number, limit: number): number[] {
  const starts: number[] = [];
  let bytes = Infinity;
  images.forEach(({ rows }, image) => {
    bytes += rows * bytesPerRow;
    if (bytes <= limit) return;
    starts.push(image);
    bytes = rows * bytesPerRow;
  });
  return starts;
}

/** Leaves what belongs to this cache, throws away what does not. */
function prepareFolder(folder: string, manifest: Readonly<Record<string, unknown>>, onNotice: (line: string) => void): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, manifestName);
  if (existsSync(file)) {
    if (keyOf(readFileSync(file, 'utf8')) === manifest.key) return;
    onNotice(`${folder}: made of another network, dataset or settings; computed anew`);
  }
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.features') || name.endsWith('.partial')) rmSync(join(folder, name));
  }
  writeAtomically(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function keyOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { key?: unknown }).key;
  } catch {
    return undefined;
  }
}
