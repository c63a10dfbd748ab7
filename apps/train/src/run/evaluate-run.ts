import type { Dataset, Example } from '@rcnn/datasets';
import { readExampleImage, readExampleMasks } from '@rcnn/datasets/node';
import { evaluateCoco, evaluateCocoKeypoints, evaluateCocoMasks, evaluateVoc, keypointSigmas, type ImageDetections, type ImageGroundTruth } from '@rcnn/eval';
import { emptyBoxes, takeBoxes, type Boxes, type RgbImage, type Rle } from '@rcnn/geometry';
import type { KeypointNames } from '@rcnn/models';
import { drawDetections } from '../draw/draw-detections.ts';
import { readableScale } from '../draw/readable-scale.ts';
import { createProgress } from '../progress.ts';
import { summariseEvaluation, type EvaluationSummary } from '../report/evaluation-summary.ts';
import type { ReportSample } from '../report/report-data.ts';
import type { RunModel } from './run-model.ts';

/** The figures of a model on a dataset, and some of its images with what was found in them. */
export interface RunEvaluation {
  readonly summary: EvaluationSummary;
  readonly samples: readonly ReportSample[];
}

/** Options of {@link evaluateRun}. */
export interface EvaluateOptions {
  /** Regions of each image, by its file, for a model that proposes none itself. */
  readonly proposals?: ReadonlyMap<string, Boxes> | undefined;
  /** The keypoints that the model finds, if it finds any. */
  readonly keypoints?: KeypointNames | undefined;
  /** Sizes of test-time augmentation, to be told in the summary. */
  readonly augmented?: readonly number[];
  readonly sampleCount?: number;
  readonly minScore?: number;
}

/**
 * Runs the model on every image of a dataset and scores what it found, by Pascal VOC's measure and by COCO's.
 * @param onDamaged told of an image that cannot be decoded, or of whose objects a mask cannot, which is then not scored; may throw
 */
export async function evaluateRun(
  model: Pick<RunModel, 'detect'>,
  dataset: Dataset,
  onDamaged: (error: Error) => void,
  { proposals, keypoints, augmented, sampleCount = 8, minScore = 0.5 }: EvaluateOptions = {},
): Promise<RunEvaluation> {
  const { examples, classes, split } = dataset;
  const groundTruth: ImageGroundTruth[] = [];
  const detections: ImageDetections[] = [];
  const masked: ImageGroundTruth[] = [];
  const samples: ReportSample[] = [];
  const progress = createProgress({ label: `evaluate ${split}`, total: examples.length, unit: 'images' });
  let milliseconds = 0;
  const unlessDamaged = <Value>(value: Promise<Value>): Promise<Value | undefined> =>
    value.catch((error: unknown) => {
      onDamaged(error as Error);
      return undefined;
    });
  // The next image is decoded by other threads while this one is computed.
  const read = (index: number): Promise<RgbImage | undefined> => (index < examples.length ? unlessDamaged(readExampleImage(examples[index])) : Promise.resolve(undefined));
  let next = read(0);
  for (const [i, example] of examples.entries()) {
    const image = await next;
    next = read(i + 1);
    progress.advance();
    if (image === undefined) continue;
    const began = performance.now();
    const [found] = await model.detect([image], proposals && [proposals.get(example.file) ?? emptyBoxes(0)]);
    milliseconds += performance.now() - began;
    const truth = found.masks && (await unlessDamaged(maskGroundTruth(example)));
    if (found.masks && truth === undefined) continue;
    const { boxes, labels, difficult, crowd, areas, keypoints: wanted } = example.groundTruth;
    groundTruth.push({
      image: example.id, boxes, labels, difficult, crowd,
      ...(areas && { area: areas }),
      ...(keypoints && { keypoints: wanted ?? new Float32Array(3 * keypoints.names.length * labels.length) }),
    });
    detections.push({ image: example.id, ...found });
    if (truth) masked.push(truth);
    if (i < sampleCount) {
      const png = drawDetections(image, { ...found, classes, ...(keypoints?.skeleton && { skeleton: keypoints.skeleton }) }, { minScore, groundTruth: { boxes }, scale: readableScale(image) });
      samples.push({ name: example.id, png });
    }
  }
  progress.finish();
  const summary = summariseEvaluation({
    split,
    images: groundTruth.length,
    ...(augmented && { augmented }),
    classes,
    voc: evaluateVoc(groundTruth, detections),
    coco: evaluateCoco(groundTruth, detections),
    ...(masked.some(({ labels }) => labels.length > 0) && { cocoMasks: evaluateCocoMasks(masked, detections) }),
    ...(keypoints && { cocoKeypoints: evaluateCocoKeypoints(groundTruth, detections, { sigmas: keypointSigmas(keypoints.names) }) }),
    imagesPerSecond: Number(((1000 * groundTruth.length) / milliseconds).toFixed(2)),
  });
  return { summary, samples };
}

/** The objects of an image that have a mask; the others cannot be found by one. */
async function maskGroundTruth(example: Example): Promise<ImageGroundTruth> {
  const { boxes, labels, crowd, areas } = example.groundTruth;
  const masks = await readExampleMasks(example);
  const masked = [...labels.keys()].map((i) => ({ i, rle: masks[i] })).filter((each): each is { i: number; rle: Rle } => each.rle !== undefined);
  const kept = masked.map(({ i }) => i);
  return {
    image: example.id,
    boxes: takeBoxes(boxes, kept),
    labels: kept.map((i) => labels[i]),
    crowd: kept.map((i) => crowd[i]),
    ...(areas && { area: kept.map((i) => areas[i]) }),
    masks: masked.map(({ rle }) => rle),
  };
}
