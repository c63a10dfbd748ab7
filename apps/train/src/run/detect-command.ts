import { join } from 'node:path';
import { decodeImage } from '@rcnn/datasets/node';
import { emptyBoxes, rleToString, type Keypoints, type RgbImage } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { drawDetections } from '../draw/draw-detections.ts';
import { readableScale } from '../draw/readable-scale.ts';
import { outputFolder } from '../output-place.ts';
import { createProgress } from '../progress.ts';
import { writeAtomically } from '../atomic-write.ts';
import { targetFiles } from '../target-files.ts';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { findImages } from '../proposals/find-images.ts';
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
    /** Of the image as it is to be looked at: turned as its EXIF orientation says, as are the boxes. */
    readonly width: number;
    readonly height: number;
    readonly detections: readonly DetectedObject[];
  }[];
}

/**
 * Detects in each image, of folders in the images directly in them; draws unless JSON alone is asked for. Every image has been decoded once before the
 * first is computed, so that one that cannot be is told of at once; in memory there are two at a time.
 */
export async function detect(paths: readonly string[], { out, minScore, engine, json, ...source }: DetectOptions): Promise<DetectSummary> {
  const files = findImages(paths);
  if (out !== undefined) outputFolder(out);
  const folder = out ?? (json ? undefined : join(source.run ?? '.', 'detections'));
  const targets = folder === undefined ? undefined : targetFiles(folder, '.png', files);
  await checkReadable(files);
  await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  const { model, classes, keypoints, search } = openDetector(source);
  if (folder !== undefined) outputFolder(folder);
  const proposals = search === null ? undefined : await searchImages(files.map((file) => ({ file })), search, { upright: true });
  const progress = createProgress({ label: 'detect', total: files.length, unit: 'images' });
  const images: DetectSummary['images'][number][] = [];
  let next = readUpright(files[0]);
  for (const [i, file] of files.entries()) {
    const image = await next;
    // The next image is decoded by other threads while this one is computed.
    if (i + 1 < files.length) {
      next = readUpright(files[i + 1]);
      next.catch(() => undefined); // reported when it is awaited
    }
    const [found] = await model.detect([image], proposals && [proposals.get(file) ?? emptyBoxes(0)]);
    const detections = describe(found, image, classes).filter(({ score }) => score >= minScore);
    images.push({ file, width: image.width, height: image.height, detections });
    const target = targets?.get(file);
    if (target !== undefined) {
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

/** A photograph is looked at as it is meant to be, whichever way the camera was held. */
function readUpright(file: string): Promise<RgbImage> {
  return decodeImage(file, { orientation: 'upright' });
}

/** @throws Error of the first image that cannot be decoded */
async function checkReadable(files: readonly string[]): Promise<void> {
  const together = 2;
  for (let first = 0; first < files.length; first += together) await Promise.all(files.slice(first, first + together).map(readUpright));
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

/** What finds the objects, and where its regions come from. */
interface DetectionSource extends OpenedDetector {
  readonly search: SearchSettings | null;
}

function openDetector({ run, model, weights, classes, augment, classifier }: Pick<DetectOptions, 'run' | 'model' | 'weights' | 'classes' | 'augment' | 'classifier'>): DetectionSource {
  const augmentation = parseAugmentation(augment);
  if (run !== undefined) {
    if (model !== undefined || weights !== undefined) throw new Error("option '--run': expected either a run or '--model' with '--weights', got both");
    const { config, model: trained } = openRun(run, { augmentation, classifier });
    return { model: trained, classes: config.model.classes, keypoints: keypointNamesOf(config.model), search: config.proposals };
  }
  if (model === undefined || weights === undefined) throw new Error("option '--run' is missing: the directory of a run, or '--model' with '--weights'");
  if (classifier !== undefined) throw new Error("option '--classifier': expected a run, got '--model'");
  if (augmentation !== undefined && augmentation.sizes.length > 0) throw new Error("option '--augment': expected no sizes with '--model'");
  const imported = openImported({ model, weights, classes });
  return { ...imported, ...(augmentation && { model: augmentedModel([imported.model], { keypoints: imported.keypoints?.names }) }), search: null };
}
