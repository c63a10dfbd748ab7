import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createRng, type RgbImage, type Rng } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';
import { loadSharp } from './decode-image.ts';
import { replaceFolder } from './replace-folder.ts';

/** How many images to generate, and from what. */
export interface GeneratedOptions {
  /** How many images in all: 75 % train, 10 % val, 15 % test. */
  readonly count?: number;
  readonly seed?: number;
  /** Called after each image with how many are done, and of how many. */
  readonly onImage?: (done: number, total: number) => void;
}

/** A dataset to be generated. */
export interface Generation extends GeneratedOptions {
  /** Who asks, for the errors. */
  readonly caller: string;
  /** Names the file `KIND.json`, by which a folder of ours is known again. */
  readonly kind: string;
  /** The folders to be made. */
  readonly folders: readonly string[];
  /** All that is in the dataset's own folder, but for `JPEGImages` and that file. */
  readonly names: readonly string[];
  /** What else the images depend on, to be noted in that file. */
  readonly settings: object;
  readonly draw: (rng: Rng) => { readonly image: RgbImage; readonly groundTruth: Example['groundTruth'] };
  /** Writes what goes with one image. */
  readonly writeExample?: (root: string, example: Example) => Promise<void>;
  /** Writes what goes with one split that is not empty. */
  readonly writeSplit: (root: string, split: string, examples: readonly Example[]) => Promise<void>;
}

/** What {@link writeGenerated} wrote. */
export interface Generated {
  readonly root: string;
  /** Images in each split. */
  readonly splits: Readonly<Record<'train' | 'val' | 'test', number>>;
  readonly boxes: number;
}

/**
 * Generates a dataset into a folder, the images to `JPEGImages` (quality 95, no chroma subsampling). Image i depends on the seed and on i alone.
 * All is written beside the folder and moved into place at the end, so that there is never half a dataset.
 * @throws Error if the folder is not empty, unless an earlier run wrote it and nothing was added, or holds the working folder
 */
export async function writeGenerated(root: string, generation: Generation): Promise<Generated> {
  const { caller, count = 800 } = generation;
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`${caller}: expected a count of 1 or more, got ${count}`);
  }
  await refuseForeignFolder(root, generation);
  return { root, ...(await replaceFolder(root, (partial) => writeAll(partial, count, generation))) };
}

async function writeAll(root: string, count: number, generation: Generation): Promise<Omit<Generated, 'root'>> {
  const { kind, folders, settings, seed = 1, draw, writeExample, writeSplit, onImage } = generation;
  const sharp = await loadSharp();
  for (const folder of ['JPEGImages', ...folders]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const examples: Example[] = [];
  for (let i = 0; i < count; i++) {
    const { image, groundTruth } = draw(createRng(Math.imul(seed, 1_000_003) + i));
    const { width, height, data } = image;
    const id = String(i + 1).padStart(6, '0');
    const example: Example = { id, imageId: i + 1, file: join('JPEGImages', `${id}.jpg`), width, height, groundTruth };
    const jpeg = sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
    await writeFile(join(root, example.file), await jpeg.toBuffer());
    await writeExample?.(root, example);
    examples.push(example);
    onImage?.(i + 1, count);
  }
  const test = Math.round(0.15 * count);
  const val = Math.round(0.1 * count);
  const train = count - val - test;
  const parts = { train: examples.slice(0, train), val: examples.slice(train, train + val), test: examples.slice(train + val) };
  for (const [split, part] of Object.entries({ ...parts, trainval: [...parts.train, ...parts.val] })) {
    if (part.length > 0) {
      await writeSplit(root, split, part);
    }
  }
  const files = [...(await filesIn(root)), `${kind}.json`];
  await writeFile(join(root, `${kind}.json`), `${JSON.stringify({ generator: `@rcnn/datasets ${kind}`, count, seed, ...settings, files })}\n`);
  const boxes = examples.reduce((sum, { groundTruth }) => sum + groundTruth.labels.length, 0);
  return { splits: { train, val, test }, boxes };
}

async function refuseForeignFolder(root: string, { kind, names: own }: Generation): Promise<void> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw new Error(`${root}: ${error.code === 'ENOTDIR' ? 'expected a folder, got a file' : error.message}`);
  });
  if (names.length === 0) {
    await rmdir(root).catch(() => undefined);
    return;
  }
  const marker = `${kind}.json`;
  const note = await readFile(join(root, marker), 'utf8').catch(() => '');
  const foreign = names.find((name) => ![marker, 'JPEGImages', ...own].includes(name));
  if (!note.includes(`@rcnn/datasets ${kind}`) || foreign !== undefined) {
    throw new Error(`${root}: not empty${foreign === undefined ? '' : ` ("${foreign}" is in it)`}; generated data would go over it`);
  }
  const written = generatedFiles(note);
  if (written === undefined) throw new Error(`${root}: not empty (an older version has generated what is in it, and not noted its files); generated data would go over it`);
  const added = (await filesIn(root)).find((name) => !written.has(name));
  if (added !== undefined) throw new Error(`${root}: not empty ("${added}" was added to it); generated data would go over it`);
}

/** The files that a generator's note names. */
function generatedFiles(note: string): ReadonlySet<unknown> | undefined {
  try {
    const { files } = JSON.parse(note) as { files?: unknown };
    return Array.isArray(files) ? new Set<unknown>(files) : undefined;
  } catch {
    return undefined;
  }
}

/** The files in a folder and in those below it, `/` between them. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
