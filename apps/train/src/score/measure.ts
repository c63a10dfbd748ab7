import { cocoFigureNames, evaluateCoco, evaluateCocoMasks, evaluateVoc, voc07, voc12, type CocoEvaluation, type ImageDetections, type VocEvaluation } from '@rcnn/eval';
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
  | { readonly kind: 'voc'; readonly voc: VocEvaluation };

/** Scores detections. */
export function evaluate(metric: MetricName, { groundTruth }: ScoreInputs, detections: readonly ImageDetections[]): Evaluation {
  switch (metric) {
    case 'coco-bbox':
      return { kind: 'coco', coco: evaluateCoco(groundTruth, detections) };
    case 'coco-segm':
      return { kind: 'coco', coco: evaluateCocoMasks(groundTruth, detections) };
    case 'voc07':
      return { kind: 'voc', voc: evaluateVoc(groundTruth, detections, voc07) };
    case 'voc12':
      return { kind: 'voc', voc: evaluateVoc(groundTruth, detections, voc12) };
  }
}

/** The figures of an evaluation, ready for `JSON.stringify`. */
export function summarise(evaluation: Evaluation, classes: readonly string[]): Measured {
  const results = evaluation.kind === 'coco' ? evaluation.coco.classes : evaluation.voc.classes;
  const byLabel = new Map(results.map((result) => [result.label, result]));
  const perClass = Object.fromEntries(
    classes.map((name, i): [string, ClassFigures] => {
      const result = byLabel.get(i + 1);
      if (evaluation.kind === 'coco') {
        const own = result as CocoEvaluation['classes'][number] | undefined;
        const figures = cocoFigureNames.map((figure) => [figure, defined(own?.[figure] ?? NaN)] as const);
        return [name, { ...Object.fromEntries(figures), positives: own?.positives ?? 0 }];
      }
      const own = result as VocEvaluation['classes'][number] | undefined;
      const { positives = 0, truePositives = 0, falsePositives = 0 } = own ?? {};
      return [name, { AP: defined(own?.ap ?? NaN), positives, truePositives, falsePositives }];
    }),
  );
  if (evaluation.kind === 'voc') return { mAP: defined(evaluation.voc.mAP), perClass };
  const { coco } = evaluation;
  return { stats: cocoFigureNames.map((figure) => (Number.isNaN(coco[figure]) ? -1 : coco[figure])), perClass };
}

function defined(figure: number): number | null {
  return Number.isNaN(figure) ? null : figure;
}
