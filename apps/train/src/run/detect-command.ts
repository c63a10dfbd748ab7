import { mkdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { decodeImage } from '@rcnn/datasets/node';
import { emptyBoxes, rleToString } from '@rcnn/geometry';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { drawDetections } from '../draw/draw-detections.ts';
import { readableScale } from '../draw/readable-scale.ts';
import { createProgress } from '../progress.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { searchImages } from '../proposals/search-images.ts';
import { openImported } from '../imported/open-imported.ts';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import { augmentedModel, parseAugmentation } from './augmented-model.ts';
import { openRun } from './open-run.ts';
import type { RunModel } from './run-model.ts';

/** What `rcnn detect` is told. */
export interface DetectOptions {
  readonly run?: string;
  /** In place of a run: a detector that was trained elsewhere, its weights and its classes. */
  readonly model?: string;
  readonly weights?: string;
  readonly classes?: readonly string[];
  readonly out?: string;
  readonly minScore: number;
  /** Look at the mirrored image too, and at these sizes. */
  readonly augment?: string | true;
  /** Of a Fast R-CNN what scores its regions, if not what its configuration says. */
  readonly classifier?: ClassifierName;
  readonly engine?: string;
  readonly json?: true;
}

/** A mask as COCO's results have it: `[height, width]` and packed run lengths. */
export interface CocoMask {
  readonly size: readonly [number, number];
  readonly counts: string;
}

/** What `rcnn detect --json` prints. */
export interface DetectSummary {
  readonly images: readonly {
    readonly file: string;
    readonly width: number;
    readonly height: number;
    readonly detections: readonly { readonly box: readonly number[]; readonly label: number; readonly class: string; readonly score: number; readonly segmentation?: CocoMask }[];
  }[];
}

/** Detects in each image; draws unless JSON alone is asked for. Every image is decoded before the first is computed. */
export async function detect(files: readonly string[], { out, minScore, engine, json, ...source }: DetectOptions): Promise<DetectSummary> {
  const decoded = await Promise.all(files.map(async (file) => ({ file, image: await decodeImage(file) })));
  await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  const { model, classes, search, root } = openDetector(source);
  const folder = out ?? (json ? undefined : join(root, 'detections'));
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const proposals = search === null ? undefined : await searchImages(files, search);
  const progress = createProgress({ label: 'detect', total: files.length, unit: 'images' });
  const images: DetectSummary['images'][number][] = [];
  for (const { file, image } of decoded) {
    const [found] = await model.detect([image], proposals && [proposals.get(file) ?? emptyBoxes(0)]);
    const { boxes, labels, scores, masks } = found;
    const detections = [...scores.keys()]
      .filter((i) => scores[i] >= minScore)
      .map((i) => ({ box: [...boxes.subarray(4 * i, 4 * i + 4)], label: labels[i], class: classes[labels[i] - 1], score: scores[i], ...(masks && { segmentation: { size: [image.height, image.width] as const, counts: rleToString(masks[i]) } }) }));
    images.push({ file, width: image.width, height: image.height, detections });
    if (folder !== undefined) {
      const target = join(folder, `${basename(file, extname(file))}.png`);
      writeAtomically(target, drawDetections(image, { ...found, classes }, { minScore, scale: readableScale(image) }));
      if (!json) process.stdout.write(`${target}: ${detections.length} ${detections.length === 1 ? 'object' : 'objects'}\n`);
    }
    progress.advance();
  }
  if (!json) progress.finish();
  model.dispose();
  return { images };
}

/** What finds the objects, and where drawings go unless told otherwise. */
interface DetectionSource {
  readonly model: RunModel;
  readonly classes: readonly string[];
  readonly search: SearchSettings | null;
  readonly root: string;
}

function openDetector({ run, model, weights, classes, augment, classifier }: Pick<DetectOptions, 'run' | 'model' | 'weights' | 'classes' | 'augment' | 'classifier'>): DetectionSource {
  const augmentation = parseAugmentation(augment);
  if (run !== undefined) {
    if (model !== undefined || weights !== undefined) throw new Error("option '--run': expected either a run or '--model' with '--weights', got both");
    const { directory, config, model: trained } = openRun(run, { augmentation, classifier });
    return { model: trained, classes: config.model.classes, search: config.proposals, root: directory.root };
  }
  if (model === undefined || weights === undefined) throw new Error("option '--run' is missing: the directory of a run, or '--model' with '--weights'");
  if (classifier !== undefined) throw new Error("option '--classifier': expected a run, got '--model'");
  if (augmentation !== undefined && augmentation.sizes.length > 0) throw new Error("option '--augment': expected no sizes with '--model'");
  const imported = openImported({ model, weights, classes });
  return { ...imported, ...(augmentation && { model: augmentedModel([imported.model]) }), search: null, root: '.' };
}
