import type { Chart } from '../report/charts.ts';
import { precisionAtRecall } from '../report/evaluation-summary.ts';
import type { Evaluation } from './measure.ts';
import type { ScoreRun } from './score-run.ts';

type Curve = readonly number[];
const recalls = Array.from({ length: 101 }, (_, i) => i / 100);
const mostClasses = 10;

/** Precision over recall: the mean over classes, by IoU and run, and the classes with the most objects. */
export function precisionCharts(runs: readonly ScoreRun[], names: readonly string[], classes: readonly string[]): Chart[] {
  const chart = (title: string, series: Chart['series']): Chart => ({ title, xLabel: 'recall', x: recalls, series, yRange: [0, 1] });
  const thresholds = runs.length > 1 ? [0.5, 0.75] : [0.5, 0.6, 0.7, 0.8, 0.9];
  const means = runs.flatMap(({ evaluation }, i) =>
    thresholds.flatMap((threshold) => {
      const curves = [...curvesAt(evaluation, threshold).values()];
      const label = [`${measureOf(evaluation)} ${threshold}`, ...(runs.length > 1 ? [names[i]] : [])].join(', ');
      return curves.length === 0 ? [] : [{ label, values: recalls.map((_, r) => curves.reduce((sum, curve) => sum + curve[r], 0) / curves.length) }];
    }),
  );
  const most = [...positivesOf(runs[0].evaluation)].sort((a, b) => b[1] - a[1]).slice(0, mostClasses).map(([label]) => label);
  const ofClasses = runs.map(({ evaluation }, i) => {
    const curves = curvesAt(evaluation, 0.5);
    const series = most.flatMap((label) => {
      const values = curves.get(label);
      return values === undefined ? [] : [{ label: classes[label - 1], values }];
    });
    return chart(`Precision over recall at ${measureOf(evaluation)} .5, classes with the most objects${runs.length > 1 ? `: ${names[i]}` : ''}`, series);
  });
  return [chart('Precision over recall, mean of the classes', means), ...ofClasses].filter(({ series }) => series.length > 0);
}

/** What the thresholds are of. */
function measureOf({ kind }: Evaluation): string {
  return kind === 'keypoints' ? 'keypoint similarity' : 'IoU';
}

/** Precision at the recalls 0, .01, …, 1 by label, of the classes that have objects; empty at IoUs that were not measured. */
function curvesAt(evaluation: Evaluation, threshold: number): Map<number, Curve> {
  if (evaluation.kind === 'voc') {
    const classes = threshold === 0.5 ? evaluation.voc.classes.filter(({ positives }) => positives > 0) : [];
    return new Map(classes.map(({ label, recall, precision }) => [label, precisionAtRecall(recall, precision)]));
  }
  const { iouThresholds, recallThresholds, labels, areaRanges, maxDetections, precision } = evaluation.coco.curves;
  const t = iouThresholds.findIndex((own) => Math.abs(own - threshold) < 1e-9);
  const [R, K, A, M] = [recallThresholds.length, labels.length, areaRanges.length, maxDetections.length];
  const curve = (k: number): Curve => recalls.map((_, r) => precision[((t * R + r) * K + k) * A * M + M - 1]);
  return new Map(labels.map((label, k) => [label, curve(k)] as const).filter(([, values]) => t >= 0 && !Number.isNaN(values[0])));
}

function positivesOf(evaluation: Evaluation): Map<number, number> {
  const classes = evaluation.kind === 'voc' ? evaluation.voc.classes : evaluation.coco.classes;
  return new Map(classes.filter(({ positives }) => positives > 0).map(({ label, positives }) => [label, positives]));
}
