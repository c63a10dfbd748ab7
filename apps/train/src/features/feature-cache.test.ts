import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeatureCache, type ComputeFeatures, type FeatureCache, type FeatureCacheOptions } from './feature-cache.ts';

const dimensions = 5;
const images = [3, 1, 4, 0, 2, 6].map((rows, i) => ({ id: `image${i}`, rows }));
/** Two rows of 4-byte numbers, or one image if it has more. */
const shardBytes = 4 * dimensions * 4;

let folder: string;
let notices: string[];
let computed: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rcnn-features-'));
  [notices, computed] = [[], []];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Multiples of a half: whole as 16-bit floats too. */
const featuresOf = (image: number): Float32Array => Float32Array.from({ length: images[image].rows * dimensions }, (_, i) => image + i / 2);
const compute: ComputeFeatures = (image) => {
  computed.push(image);
  return Promise.resolve(featuresOf(image));
};
const open = (options: Partial<FeatureCacheOptions> = {}): FeatureCache =>
  openFeatureCache(folder, { identity: { network: 'a' }, images, dimensions, shardBytes, onNotice: (line) => notices.push(line), ...options });
const shardFiles = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.features'));

async function readAll(cache: FeatureCache, first?: number): Promise<Map<number, number[]>> {
  const read = new Map<number, number[]>();
  for await (const { image, features } of cache.read(compute, first)) read.set(image, [...features]);
  return read;
}
const expected = (first = 0): Map<number, number[]> => new Map(images.map((_, i): [number, number[]] => [i, [...featuresOf(i)]]).slice(first));

describe.each(['float32', 'float16'] as const)('a feature cache of %s', (precision) => {
  it('gives back the features of every image in order, from shards that are as full as the limit lets them be', async () => {
    const cache = open({ precision });
    await cache.fill(compute);
    expect(computed).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await readAll(cache)).toEqual(expected());
    expect(computed).toHaveLength(6);
    expect(cache.shards).toBe(precision === 'float32' ? 4 : 2);
    expect(cache.present()).toBe(cache.shards);
    expect(notices).toEqual([]);
  });

  it('begins reading at any image', async () => {
    const cache = open({ precision });
    await cache.fill(compute);
    expect(await readAll(cache, 2)).toEqual(expected(2));
  });

  it('finds a flipped byte wherever it is, says so and computes that shard again, only that one', async () => {
    const cache = open({ precision });
    await cache.fill(compute);
    const file = join(folder, shardFiles()[1]);
    const whole = readFileSync(file);
    for (const at of [0, 9, 40, whole.length - 40, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 1;
      writeFileSync(file, bytes);
      computed.length = notices.length = 0;
      expect(await readAll(cache)).toEqual(expected());
      expect(computed).toEqual(precision === 'float32' ? [2, 3] : [4, 5]);
      expect(notices).toEqual([`${file}: the checksum does not fit the contents; computed again`]);
      expect(readFileSync(file)).toEqual(whole);
    }
  });
});

describe('a feature cache', () => {
  it('goes on after the last whole shard when it was killed in the middle', async () => {
    const killed = open().fill((image) => (image === 4 ? Promise.reject(new Error('killed')) : compute(image)));
    await expect(killed).rejects.toThrow('killed');
    expect(shardFiles()).toHaveLength(2);
    computed.length = 0;
    const again = open();
    await again.fill(compute);
    expect(computed).toEqual([4, 5]);
    expect(await readAll(again)).toEqual(expected());
  });

  it('takes a shard that was cut short or has grown for none', async () => {
    const cache = open();
    await cache.fill(compute);
    const [first, second] = shardFiles().map((name) => join(folder, name));
    truncateSync(first, statSync(first).size - 1);
    appendFileSync(second, 'x');
    computed.length = 0;
    expect(cache.present()).toBe(2);
    await cache.fill(compute);
    expect(computed).toEqual([0, 1, 2, 3]);
  });

  it('computes a shard that is missing when it is read', async () => {
    const cache = open();
    await cache.fill(compute);
    const [file] = shardFiles();
    rmSync(join(folder, file));
    expect(await readAll(cache)).toEqual(expected());
    expect(notices).toEqual([`${join(folder, file)}: missing; computed again`]);
  });

  it.each([
    ['the network', { identity: { network: 'b' } }],
    ['the precision', { precision: 'float16' }],
    ['the images', { images: images.slice(1) }],
  ] as const)('is made anew, with a line, where %s is another', async (_, change) => {
    await open().fill(compute);
    const other = open(change);
    expect(notices).toEqual([`${folder}: made of another network, dataset or settings; computed anew`]);
    expect(other.present()).toBe(0);
    expect(shardFiles()).toEqual([]);
  });

  it('says what it is of in a manifest', () => {
    open();
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ identity: { network: 'a' }, precision: 'float32', dimensions, images: 6, shards: 4 });
    expect(readdirSync(folder)).toEqual(['manifest.json']);
  });

  it('never has more than one shard in memory: an image is asked for when the shard before it is written', async () => {
    const present: number[] = [];
    const cache = open();
    await cache.fill((image) => {
      present.push(cache.present());
      return compute(image);
    });
    expect(present).toEqual([0, 0, 1, 1, 2, 3]);
  });

  it('refuses features of another number of regions', async () => {
    await expect(open().fill(() => Promise.resolve(new Float32Array(5)))).rejects.toThrow(
      'feature shard: expected 15 numbers for image image0, got 5',
    );
  });
});
