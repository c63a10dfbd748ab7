import type { CocoEvaluation, CocoFigures, CocoKeypointEvaluation, CocoKeypointFigures, VocEvaluation } from '@rcnn/eval';
import { figureOrNull } from './figure-or-null.ts';

/** What `rcnn eval --json` prints, and the report shows, of one class. Undefined figures are null. */
export interface ClassSummary {
  /** Average precision at IoU .5: area under the curve, no `+1`. */
  readonly ap: number | null;
  /** COCO average precision, IoU .5 to .95. */
  readonly cocoAP: number | null;
  /** Boxes to find, the difficult ones not counted. */
  readonly positives: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Highest precision at IoU .5 at recall 0, .01, …, 1 or above; 0 where the recall is not reached. Empty where `ap` is null. */
  readonly precisionAtRecall: readonly number[];
}

/** The twelve COCO figures. */
export type CocoSummary = { readonly [Figure in keyof CocoFigures]: number | null };

/** The ten COCO figures of keypoints. */
export type CocoKeypointSummary = { readonly [Figure in keyof CocoKeypointFigures]: number | null };

/** What `rcnn eval --json` prints. Figures are 0 … 1; null where there is nothing to find. */
export interface EvaluationSummary {
  readonly split: string;
  /** How many images were evaluated. */
  readonly images: number;
  /** With test-time augmentation: the shorter sides of the images beside the model's own, if any. */
  readonly augmented?: readonly number[];
  readonly 'mAP@.5': number | null;
  /** By class name, in the order of the dataset's classes. */
  readonly perClass: Readonly<Record<string, ClassSummary>>;
  readonly coco: CocoSummary;
  /** The COCO figures by the IoU of masks, of a detector that finds masks where the dataset has any. */
  readonly cocoMasks?: CocoSummary;
  /** The COCO figures by the similarity of keypoints, of a detector that finds keypoints. */
  readonly cocoKeypoints?: CocoKeypointSummary;
  /** The training step that was evaluated. */
  readonly step?: number;
  readonly imagesPerSecond?: number;
}

/** What {@link summariseEvaluation} puts together. */
export interface EvaluationParts {
  readonly split: string;
  readonly images: number;
  readonly augmented?: readonly number[];
  /** Class names without the background: label i is `classes[i − 1]`. */
  readonly classes: readonly string[];
  /** Of `evaluateVoc` with its defaults. */
  readonly voc: VocEvaluation;
  readonly coco: CocoEvaluation;
  /** Of `evaluateCocoMasks`. */
  readonly cocoMasks?: CocoEvaluation;
  /** Of `evaluateCocoKeypoints`. */
  readonly cocoKeypoints?: CocoKeypointEvaluation;
  readonly step?: number;
  readonly imagesPerSecond?: number;
}

/** The summary of an evaluation by both measures, ready for `JSON.stringify`. */
export function summariseEvaluation({ classes, voc, coco, cocoMasks, cocoKeypoints, ...rest }: EvaluationParts): EvaluationSummary {
  const vocOf = new Map(voc.classes.map((result) => [result.label, result]));
  const cocoOf = new Map(coco.classes.map((result) => [result.label, result]));
  const perClass = classes.map((name, i): [string, ClassSummary] => {
    const result = vocOf.get(i + 1);
    const ap = figureOrNull(result?.ap ?? NaN);
    return [
      name,
      {
        ap,
        cocoAP: figureOrNull(cocoOf.get(i + 1)?.AP ?? NaN),
        positives: result?.positives ?? 0,
        truePositives: result?.truePositives ?? 0,
        falsePositives: result?.falsePositives ?? 0,
        precisionAtRecall: result === undefined || ap === null ? [] : precisionAtRecall(result.recall, result.precision),
      },
    ];
  });
  return {
    ...rest,
    'mAP@.5': figureOrNull(voc.mAP),
    perClass: Object.fromEntries(perClass),
    coco: cocoSummary(coco),
    ...(cocoMasks && { cocoMasks: cocoSummary(cocoMasks) }),
    ...(cocoKeypoints && { cocoKeypoints: cocoKeypointSummary(cocoKeypoints) }),
  };
}

function cocoKeypointSummary({ AP, AP50, AP75, APm, APl, AR, AR50, AR75, ARm, ARl }: CocoKeypointFigures): CocoKeypointSummary {
  return {
    AP: figureOrNull(AP), AP50: figureOrNull(AP50), AP75: figureOrNull(AP75), APm: figureOrNull(APm), APl: figureOrNull(APl),
    AR: figureOrNull(AR), AR50: figureOrNull(AR50), AR75: figureOrNull(AR75), ARm: figureOrNull(ARm), ARl: figureOrNull(ARl),
  };
}

function cocoSummary(coco: CocoEvaluation): CocoSummary {
  return {
    AP: figureOrNull(coco.AP),
    AP50: figureOrNull(coco.AP50),
    AP75: figureOrNull(coco.AP75),
    APs: figureOrNull(coco.APs),
    APm: figureOrNull(coco.APm),
    APl: figureOrNull(coco.APl),
    AR1: figureOrNull(coco.AR1),
    AR10: figureOrNull(coco.AR10),
    AR100: figureOrNull(coco.AR100),
    ARs: figureOrNull(coco.ARs),
    ARm: figureOrNull(coco.ARm),
    ARl: figureOrNull(coco.ARl),
  };
}

/** Highest precision at recall 0, .01, …, 1 or above; 0 where the recall is not reached. */
export function precisionAtRecall(recall: Float64Array, precision: Float64Array): number[] {
  const values = new Array<number>(101).fill(0);
  let highest = 0;
  let k = recall.length - 1;
  for (let point = 100; point >= 0; point--) {
    for (; k >= 0 && recall[k] >= point / 100; k--) highest = Math.max(highest, precision[k]);
    values[point] = highest;
  }
  return values;
}
