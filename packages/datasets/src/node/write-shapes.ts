import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createRng, rleArea } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';
import { formatCoco } from '../format-coco.ts';
import { formatVocAnnotation } from '../format-voc.ts';
import { generateShapes, type ShapesOptions, type ShapesSample } from '../shapes/generate-shapes.ts';
import { shapeClasses } from '../shapes/outline.ts';
import { formatImageSet } from '../voc-image-set.ts';
import { loadSharp } from './decode-image.ts';

/** Options of {@link writeShapes}. */
export interface WriteShapesOptions extends ShapesOptions {
  /** How many images in all: 75 % train, 10 % val, 15 % test. */
  readonly count?: number;
  readonly seed?: number;
  /** Called after each image with how many are done, and of how many. */
  readonly onImage?: (done: number, total: number) => void;
}

/** What {@link writeShapes} wrote. */
export interface WrittenShapes {
  readonly root: string;
  readonly classes: readonly string[];
  /** Images in each split. */
  readonly splits: Readonly<Record<'train' | 'val' | 'test', number>>;
  readonly boxes: number;
}

const marker = 'shapes.json';
const ownNames: ReadonlySet<string> = new Set([marker, 'classes.txt', 'Annotations', 'JPEGImages', 'ImageSets', 'annotations']);

/**
 * Writes a dataset of generated shapes to a folder, as Pascal VOC and as COCO at once: `JPEGImages` (JPEG, quality 95, no
 * chroma subsampling), `Annotations`, `ImageSets/Main`, `annotations/instances_SPLIT.json` with masks, `classes.txt`.
 * Image i depends on the seed and on i alone. All is written beside the folder and moved into place at the end, so
 * that there is never half a dataset.
 * @throws Error if the folder is not empty, unless an earlier run wrote it and nothing was added
 */
export async function writeShapes(root: string, { count = 800, seed = 1, onImage, ...shapes }: WriteShapesOptions = {}): Promise<WrittenShapes> {
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`writeShapes: expected a count of 1 or more, got ${count}`);
  }
  await refuseForeignFolder(root);
  const target = resolve(root);
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  await rm(partial, { recursive: true, force: true });
  try {
    const written = await writeAll(partial, { count, seed, shapes, ...(onImage && { onImage }) });
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
    return { root, ...written };
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function writeAll(
  root: string,
  { count, seed, shapes, onImage }: { count: number; seed: number; shapes: ShapesOptions; onImage?: (done: number, total: number) => void },
): Promise<Omit<WrittenShapes, 'root'>> {
  const sharp = await loadSharp();
  const classes = shapes.classes ?? shapeClasses;
  for (const folder of ['JPEGImages', 'Annotations', join('ImageSets', 'Main'), 'annotations']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const examples: Example[] = [];
  for (let i = 0; i < count; i++) {
    const sample = generateShapes(createRng(seed * 1_000_003 + i), shapes);
    const { width, height, data } = sample.image;
    const example = exampleOf(sample, i + 1);
    const jpeg = sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
    await writeFile(join(root, example.file), await jpeg.toBuffer());
    await writeFile(join(root, 'Annotations', `${example.id}.xml`), vocXml(example, classes));
    examples.push(example);
    onImage?.(i + 1, count);
  }
  const test = Math.round(0.15 * count);
  const val = Math.round(0.1 * count);
  const train = count - val - test;
  const parts = { train: examples.slice(0, train), val: examples.slice(train, train + val), test: examples.slice(train + val) };
  for (const [split, part] of Object.entries({ ...parts, trainval: [...parts.train, ...parts.val] })) {
    if (part.length > 0) {
      await writeFile(join(root, 'ImageSets', 'Main', `${split}.txt`), formatImageSet(part.map(({ id }) => id)));
      await writeFile(join(root, 'annotations', `instances_${split}.json`), JSON.stringify(formatCoco({ classes, examples: part })));
    }
  }
  await writeFile(join(root, 'classes.txt'), formatImageSet(classes));
  await writeFile(join(root, marker), `${JSON.stringify({ generator: '@rcnn/datasets shapes', count, seed, ...shapes })}\n`);
  const boxes = examples.reduce((sum, { groundTruth }) => sum + groundTruth.labels.length, 0);
  return { classes, splits: { train, val, test }, boxes };
}

function exampleOf({ image, boxes, labels, truncated, masks }: ShapesSample, imageId: number): Example {
  const id = String(imageId).padStart(6, '0');
  const { width, height } = image;
  const none = new Uint8Array(labels.length);
  return {
    id,
    imageId,
    file: join('JPEGImages', `${id}.jpg`),
    width,
    height,
    groundTruth: {
      boxes,
      labels,
      difficult: none,
      crowd: none,
      truncated,
      areas: Float64Array.from(masks, rleArea),
      segmentations: masks.map(({ counts }) => ({ size: [height, width], counts: [...counts] })),
    },
  };
}

function vocXml({ file, width, height, groundTruth: { boxes, labels, truncated } }: Example, classes: readonly string[]): string {
  const objects = Array.from(labels, (label, i) => {
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
    return { name: classes[label - 1], box: [x1, y1, x2, y2] as const, difficult: false, truncated: truncated?.[i] === 1 };
  });
  return formatVocAnnotation({ filename: basename(file), width, height, objects });
}

async function refuseForeignFolder(root: string): Promise<void> {
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
  const note = await readFile(join(root, marker), 'utf8').catch(() => '');
  const foreign = names.find((name) => !ownNames.has(name));
  if (!note.includes('@rcnn/datasets shapes') || foreign !== undefined) {
    throw new Error(`${root}: not empty${foreign === undefined ? '' : ` ("${foreign}" is in it)`}; generated data would go over it`);
  }
}
