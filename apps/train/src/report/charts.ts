import type { EvaluationSummary } from './evaluation-summary.ts';
import type { MetricsRow } from './metrics-row.ts';

/** A line chart as data: all series share `x`; null is a gap. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly x: readonly number[];
  readonly series: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** Ends of the vertical axis; from the values where absent. */
  readonly yRange?: readonly [number, number];
}

const mostPoints = 600;

/** Losses and learning rate over the steps; of a long run, each point is the mean of as many steps as needed for 600 points. */
export function trainingCharts(metrics: readonly MetricsRow[]): Chart[] {
  if (metrics.length === 0) return [];
  const size = Math.ceil(metrics.length / mostPoints);
  const groups = Array.from({ length: Math.ceil(metrics.length / size) }, (_, i) => metrics.slice(i * size, (i + 1) * size));
  const x = groups.map((rows) => rows[rows.length - 1].step);
  const names = [...new Set(metrics.flatMap(({ losses }) => Object.keys(losses)))].filter((name) => name !== 'total');
  const line = (label: string, value: (row: MetricsRow) => number | null | undefined): Chart['series'][number] => ({
    label,
    values: groups.map((rows) => mean(rows.map(value))),
  });
  const curves = [line('total', totalLoss), ...names.map((name) => line(name, ({ losses }) => losses[name]))];
  const every = size === 1 ? '' : `, means of ${size} steps`;
  return [
    { title: `Losses${every}`, xLabel: 'step', x, series: curves },
    { title: 'Learning rate', xLabel: 'step', x, series: [line('learning rate', (row) => row.learningRate)] },
  ];
}

/** The sum of a step's losses; what `total` says, where given; NaN where one was not finite. */
export function totalLoss({ losses }: MetricsRow): number {
  const parts = 'total' in losses ? [losses['total']] : Object.values(losses);
  return parts.reduce<number>((sum, loss) => sum + (loss ?? NaN), 0);
}

/** Precision over recall at IoU .5, one curve a class. */
export function precisionRecallChart({ perClass }: EvaluationSummary): Chart | undefined {
  const series = Object.entries(perClass)
    .filter(([, { precisionAtRecall }]) => precisionAtRecall.length > 0)
    .map(([label, { precisionAtRecall }]) => ({ label, values: precisionAtRecall }));
  if (series.length === 0) return undefined;
  const x = Array.from({ length: series[0].values.length }, (_, i) => i / (series[0].values.length - 1));
  return { title: 'Precision over recall at IoU .5', xLabel: 'recall', x, series, yRange: [0, 1] };
}

function mean(values: readonly (number | null | undefined)[]): number | null {
  const finite = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  return finite.length === 0 ? null : finite.reduce((sum, value) => sum + value, 0) / finite.length;
}
