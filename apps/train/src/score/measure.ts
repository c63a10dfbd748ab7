import {
  cocoFigureNames,
  cocoKeypointFigureNames,
  evaluateCoco,
  evaluateCocoKeypoints,
  evaluateCocoMasks,
  evaluateVoc,
  voc07,
  voc12,
  type CocoEvaluation,
  type CocoKeypointEvaluation,
  type ImageDetections,
  type VocEvaluation,
} from '@rcnn/eval';
import { figureOrNull } from '../report/figure-or-null.ts';
import type { MetricName } from './metric.ts';
import type { ScoreInputs } from './score-inputs.ts';

/** The figures of one class by name, null where there is nothing to find; `positives` counts the objects to find. */
export type ClassFigures = Readonly<Record<string, number | null>>;

/** The figures of some detections, as `--json` prints them. */
export interface Measured {
  /** COCO: the API's `stats`, −1 where there is nothing to find, as it has it. */
  readonly stats?: readonly number[];
  /** Pascal VOC: mean average precision. */
  readonly mAP?: number | null;
  readonly perClass: Readonly<Record<string, ClassFigures>>;
}

/** An evaluation in whole, by either measure. */
export type Evaluation =
  | { readonly kind: 'coco'; readonly coco: CocoEvaluation }
  | { readonly kind: 'keypoints'; readonly coco: CocoKeypointEvaluation }
  | { readonly kind: 'voc'; readonly voc: VocEvaluation };

/** Scores detections. */
export function evaluate(metric: MetricName, { groundTruth, sigmas }: ScoreInputs, detections: readonly ImageDetections[]): Evaluation {
  switch (metric) {
    case 'coco-bbox':
      return { kind: 'coco', coco: evaluateCoco(groundTruth, detections) };
    case 'coco-segm':
      return { kind: 'coco', coco: evaluateCocoMasks(groundTruth, detections) };
    case 'coco-keypoints':
      return { kind: 'keypoints', coco: evaluateCocoKeypoints(groundTruth, detections, sigmas && { sigmas }) };
    case 'voc07':
      return { kind: 'voc', voc: evaluateVoc(groundTruth, detections, voc07) };
    case 'voc12':
      return { kind: 'voc', voc: evaluateVoc(groundTruth, detections, voc12) };
  }
}

/** The figures of an evaluation, ready for `JSON.stringify`. */
export function summarise(evaluation: Evaluation, classes: readonly string[]): Measured {
  switch (evaluation.kind) {
    case 'coco':
      return summariseCoco(evaluation.coco, cocoFigureNames, classes);
    case 'keypoints':
      return summariseCoco(evaluation.coco, cocoKeypointFigureNames, classes);
    case 'voc':
      return summariseVoc(evaluation.voc, classes);
  }
}

type Figures<Name extends string> = Readonly<Record<Name, number>>;

function summariseCoco<Name extends string>(
  coco: Figures<Name> & { readonly classes: readonly (Figures<Name> & { readonly label: number; readonly positives: number })[] },
  names: readonly Name[],
  classes: readonly string[],
): Measured {
  const perClass = classes.map((name, i): [string, ClassFigures] => {
    const own = coco.classes.find(({ label }) => label === i + 1);
    const figures = names.map((figure) => [figure, figureOrNull(own?.[figure] ?? NaN)] as const);
    return [name, { ...Object.fromEntries(figures), positives: own?.positives ?? 0 }];
  });
  const stats = names.map((name) => (Number.isNaN(coco[name]) ? -1 : coco[name]));
  return { stats, perClass: Object.fromEntries(perClass) };
}

function summariseVoc(voc: VocEvaluation, classes: readonly string[]): Measured {
  const perClass = classes.map((name, i): [string, ClassFigures] => {
    const { ap = NaN, positives = 0, truePositives = 0, falsePositives = 0 } = voc.classes.find(({ label }) => label === i + 1) ?? {};
    return [name, { AP: figureOrNull(ap), positives, truePositives, falsePositives }];
  });
  return { mAP: figureOrNull(voc.mAP), perClass: Object.fromEntries(perClass) };
}
