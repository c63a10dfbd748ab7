import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formatProblem, inferVocClasses, parseImageSet, parseVocAnnotation, pascalVocClasses, type VocAnnotation } from '@rcnn/datasets';
import { readVocResults, type ImageDetections, type ImageGroundTruth } from '@rcnn/eval';
import { readText } from './read-text.ts';
import type { ScoreInputs } from './score-inputs.ts';

/** The groups of Pascal VOC's classes (Hoiem et al. 2012, §2.2). */
const pascalGroups: readonly (readonly string[])[] = [
  ['aeroplane', 'bicycle', 'boat', 'bus', 'car', 'motorbike', 'train'],
  ['bird', 'cat', 'cow', 'dog', 'horse', 'person', 'sheep'],
  ['chair', 'diningtable', 'sofa'],
  ['aeroplane', 'bird'],
];

/**
 * Ground truth from a folder of Pascal VOC annotations, coordinates as written; detections from the development kit's
 * result files.
 * @param split the image set; where it is undefined, the one that the detections are named after, else all annotations
 */
export async function readVocInputs(folder: string, detections: string, split: string | undefined): Promise<ScoreInputs> {
  const annotationFolder = existsSync(join(folder, 'Annotations')) ? join(folder, 'Annotations') : folder;
  const ids = await imageIds(folder, annotationFolder, split ?? (await splitOf(folder, await resultFiles(detections))));
  const annotations = await Promise.all(ids.map((id) => readAnnotation(join(annotationFolder, `${id}.xml`))));
  const inferred = inferVocClasses(annotations);
  const names = new Set(annotations.flatMap(({ objects }) => objects.map(({ name }) => name)));
  const classes = inferred === pascalVocClasses ? [...new Set([...inferred, ...names])] : [...names].sort();
  const groundTruth = annotations.map((annotation, i) => groundTruthOf(ids[i], annotation, classes));
  return {
    classes,
    similar: pascalGroups.map((group) => group.map((name) => classes.indexOf(name) + 1).filter((label) => label > 0)),
    groundTruth,
    readDetections: (path) => readResults(path, classes, ids),
    imageInfo: (index) => {
      const { filename, width, height } = annotations[index];
      const names = [`${ids[index]}.jpg`, `${ids[index]}.jpeg`, `${ids[index]}.png`, ...(filename === undefined ? [] : [filename])];
      const files = [...names, ...names.map((name) => join(folder, 'JPEGImages', name))];
      return { title: ids[index], files, size: { width, height } };
    },
  };
}

async function imageIds(folder: string, annotationFolder: string, split: string | undefined): Promise<string[]> {
  if (split !== undefined) {
    const entries = parseImageSet(await readText(join(folder, 'ImageSets', 'Main', `${split}.txt`)), (id) => existsSync(join(annotationFolder, `${id}.xml`)));
    return [...new Set(entries.map(({ id }) => id))];
  }
  const ids = (await readdir(annotationFolder)).filter((name) => name.endsWith('.xml')).map((name) => name.slice(0, -4)).sort();
  if (ids.length === 0) throw new Error(`${folder}: expected Pascal VOC annotations (*.xml), got none`);
  return ids;
}

/** The image set that result files are named after, `comp3_det_SPLIT_CLASS.txt`: of those that the folder has the longest that all the names fit. */
async function splitOf(folder: string, files: readonly string[]): Promise<string | undefined> {
  const sets = existsSync(join(folder, 'ImageSets', 'Main')) ? await readdir(join(folder, 'ImageSets', 'Main')) : [];
  const rests = files.map((file) => /^comp\d+_det_(.*)$/.exec(basename(file))?.[1]);
  return sets
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -4))
    .filter((split) => rests.every((rest) => rest?.startsWith(`${split}_`)))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

async function readAnnotation(file: string): Promise<VocAnnotation> {
  const { annotation, problems } = parseVocAnnotation(await readText(file), { file });
  if (annotation === undefined) throw new Error(problems.length > 0 ? formatProblem(problems[0]) : `${file}: unreadable`);
  for (const { box, line } of annotation.objects) {
    if (!(box[0] <= box[2] && box[1] <= box[3])) {
      throw new Error(formatProblem({ file, ...(line !== undefined && { line }), reason: `expected xmin <= xmax and ymin <= ymax, got ${box.join(', ')}`, drops: 'object' }));
    }
  }
  return annotation;
}

function groundTruthOf(image: string, { objects }: VocAnnotation, classes: readonly string[]): ImageGroundTruth {
  return {
    image,
    boxes: objects.flatMap(({ box }) => box),
    labels: objects.map(({ name }) => classes.indexOf(name) + 1),
    difficult: objects.map(({ difficult }) => difficult),
  };
}

async function resultFiles(path: string): Promise<string[]> {
  if (!existsSync(path)) throw new Error(`${path}: no such file or folder`);
  if (!statSync(path).isDirectory()) return [path];
  const files = (await readdir(path)).filter((name) => name.endsWith('.txt')).sort();
  if (files.length === 0) throw new Error(`${path}: expected result files (comp3_det_test_CLASS.txt), got none`);
  return files.map((name) => join(path, name));
}

async function readResults(path: string, classes: readonly string[], ids: readonly string[]): Promise<ImageDetections[]> {
  const files = await resultFiles(path);
  const read = files.map(async (file) => {
    const name = classes.filter((known) => basename(file).endsWith(`_${known}.txt`)).sort((a, b) => b.length - a.length)[0];
    if (name === undefined) {
      throw new Error(`${file}: expected a name that ends in _CLASS.txt with one of the classes ${classes.join(', ')}`);
    }
    return { file, text: await readText(file), label: classes.indexOf(name) + 1 };
  });
  return readVocResults(await Promise.all(read), ids);
}
