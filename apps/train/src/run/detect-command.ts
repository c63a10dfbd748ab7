import { mkdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { decodeImage } from '@rcnn/datasets/node';
import { emptyBoxes, rleToString, type Keypoints, type RgbImage } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { drawDetections } from '../draw/draw-detections.ts';
import { readableScale } from '../draw/readable-scale.ts';
import { createProgress } from '../progress.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { searchImages } from '../proposals/search-images.ts';
import { openImported, type OpenedDetector } from '../imported/open-imported.ts';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import { augmentedModel, parseAugmentation } from './augmented-model.ts';
import { keypointNamesOf } from './keypoint-names.ts';
import { openRun } from './open-run.ts';

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

/** An object as `rcnn detect --json` prints it. */
export interface DetectedObject {
  readonly box: readonly number[];
  readonly label: number;
  readonly class: string;
  readonly score: number;
  readonly segmentation?: CocoMask;
  /** `[x, y, s]` of each keypoint, as COCO's results have them; s is its logit, of any sign: the higher, the surer. */
  readonly keypoints?: readonly number[];
}

/** What `rcnn detect --json` prints. */
export interface DetectSummary {
  /** Names of the keypoints, in their order, of a model that finds any. */
  readonly keypointNames?: readonly string[];
  readonly images: readonly {
    readonly file: string;
    readonly width: number;
    readonly height: number;
    readonly detections: readonly DetectedObject[];
  }[];
}

/** Detects in each image; draws unless JSON alone is asked for. Every image is decoded before the first is computed. */
export async function detect(files: readonly string[], { out, minScore, engine, json, ...source }: DetectOptions): Promise<DetectSummary> {
  const decoded = await Promise.all(files.map(async (file) => ({ file, image: await decodeImage(file) })));
  await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  const { model, classes, keypoints, search, root } = openDetector(source);
  const folder = out ?? (json ? undefined : join(root, 'detections'));
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const proposals = search === null ? undefined : await searchImages(files.map((file) => ({ file })), search);
  const progress = createProgress({ label: 'detect', total: files.length, unit: 'images' });
  const images: DetectSummary['images'][number][] = [];
  for (const { file, image } of decoded) {
    const [found] = await model.detect([image], proposals && [proposals.get(file) ?? emptyBoxes(0)]);
    const detections = describe(found, image, classes).filter(({ score }) => score >= minScore);
    images.push({ file, width: image.width, height: image.height, detections });
    if (folder !== undefined) {
      const target = join(folder, `${basename(file, extname(file))}.png`);
      writeAtomically(target, drawDetections(image, { ...found, classes, ...(keypoints?.skeleton && { skeleton: keypoints.skeleton }) }, { minScore, scale: readableScale(image) }));
      if (!json) process.stdout.write(`${target}: ${detections.length} ${detections.length === 1 ? 'object' : 'objects'}\n`);
    }
    progress.advance();
  }
  if (json) progress.stop();
  else progress.finish();
  model.dispose();
  return { ...(keypoints && { keypointNames: keypoints.names }), images };
}

/** The objects of an image, as `--json` prints them. */
function describe({ boxes, labels, scores, masks, keypoints, keypointScores }: Detections, { width, height }: RgbImage, classes: readonly string[]): DetectedObject[] {
  return Array.from(scores, (score, i) => ({
    box: [...boxes.subarray(4 * i, 4 * i + 4)],
    label: labels[i],
    class: classes[labels[i] - 1],
    score,
    ...(masks && { segmentation: { size: [height, width] as const, counts: rleToString(masks[i]) } }),
    ...(keypoints && keypointScores && { keypoints: scoredKeypoints(keypoints, keypointScores, i, labels.length) }),
  }));
}

/** The keypoints of object i of N, a score in the place of each visibility. */
function scoredKeypoints(keypoints: Keypoints, scores: Float32Array, i: number, objects: number): number[] {
  const count = scores.length / objects;
  return Array.from(keypoints.subarray(3 * count * i, 3 * count * (i + 1)), (value, at) => (at % 3 === 2 ? scores[count * i + Math.floor(at / 3)] : value));
}

/** What finds the objects, and where drawings go unless told otherwise. */
interface DetectionSource extends OpenedDetector {
  readonly search: SearchSettings | null;
  readonly root: string;
}

function openDetector({ run, model, weights, classes, augment, classifier }: Pick<DetectOptions, 'run' | 'model' | 'weights' | 'classes' | 'augment' | 'classifier'>): DetectionSource {
  const augmentation = parseAugmentation(augment);
  if (run !== undefined) {
    if (model !== undefined || weights !== undefined) throw new Error("option '--run': expected either a run or '--model' with '--weights', got both");
    const { directory, config, model: trained } = openRun(run, { augmentation, classifier });
    return { model: trained, classes: config.model.classes, keypoints: keypointNamesOf(config.model), search: config.proposals, root: directory.root };
  }
  if (model === undefined || weights === undefined) throw new Error("option '--run' is missing: the directory of a run, or '--model' with '--weights'");
  if (classifier !== undefined) throw new Error("option '--classifier': expected a run, got '--model'");
  if (augmentation !== undefined && augmentation.sizes.length > 0) throw new Error("option '--augment': expected no sizes with '--model'");
  const imported = openImported({ model, weights, classes });
  return { ...imported, ...(augmentation && { model: augmentedModel([imported.model], { keypoints: imported.keypoints?.names }) }), search: null, root: '.' };
}
