import { statSync } from 'node:fs';
import { formatTable } from '../output.ts';
import { outputFile } from '../output-place.ts';
import { readCocoInputs } from './coco-inputs.ts';
import { figureNames } from './figure-names.ts';
import { evaluate, summarise, type Measured } from './measure.ts';
import { asMetricName, type MetricName } from './metric.ts';
import { readVocInputs } from './voc-inputs.ts';
import type { ScoreInputs } from './score-inputs.ts';

/** What `rcnn score` is told. */
export interface ScoreOptions {
  readonly groundTruth: string;
  readonly detections: string;
  readonly metric: string;
  readonly split?: string;
  readonly report?: string;
  readonly images?: string;
  readonly compare?: string;
}

/** What `rcnn score --json` prints. */
export interface ScoreResult extends Measured {
  readonly metric: MetricName;
  /** The figures of the other detections, with `--compare`. */
  readonly compare?: Measured & { readonly detections: string };
  /** Where the report is. */
  readonly report?: string;
}

/** Scores files of detections, and writes the report if one is asked for. */
export async function score(options: ScoreOptions): Promise<ScoreResult> {
  const metric = asMetricName(options.metric);
  if (options.images !== undefined && !isFolder(options.images)) throw new Error(`option '--images <dir>': expected a folder, got ${options.images}`);
  if (options.report !== undefined) outputFile(options.report);
  const inputs = await readInputs(metric, options);
  const paths = options.compare === undefined ? [options.detections] : [options.detections, options.compare];
  const runs = [];
  for (const path of paths) {
    const detections = await inputs.readDetections(path);
    runs.push({ path, detections, evaluation: evaluate(metric, inputs, detections) });
  }
  const [own, other] = runs.map(({ evaluation }) => summarise(evaluation, inputs.classes));
  let report: string | undefined;
  if (options.report !== undefined) {
    const { writeScoreReport } = await import('./write-score-report.ts');
    report = await writeScoreReport(options.report, { metric, inputs, runs, ...(options.images !== undefined && { images: options.images }) });
  }
  return { metric, ...own, ...(other && { compare: { detections: paths[1], ...other } }), ...(report !== undefined && { report }) };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function readInputs(metric: MetricName, { groundTruth, detections, split }: ScoreOptions): Promise<ScoreInputs> {
  if (!isFolder(groundTruth)) {
    if (split !== undefined) throw new Error(`option '--split <name>': expected a Pascal VOC folder as ground truth, got ${groundTruth}`);
    return readCocoInputs(groundTruth, metric);
  }
  if (metric === 'coco-segm') throw new Error(`${groundTruth}: expected a COCO instances file, for its masks, got a folder`);
  if (metric === 'coco-keypoints') throw new Error(`${groundTruth}: expected a COCO person_keypoints file, got a folder`);
  return readVocInputs(groundTruth, detections, split);
}

/** The figures as tables. */
export function formatScore({ metric, compare, report, ...measured }: ScoreResult): string {
  const runs: readonly Measured[] = compare === undefined ? [measured] : [measured, compare];
  const figure = (value: number | null | undefined): string => (value === null || value === undefined || value < 0 ? '–' : value.toFixed(3));
  const totals =
    measured.stats === undefined
      ? [['mAP', ...runs.map(({ mAP }) => figure(mAP))]]
      : figureNames(metric).map((name, i) => [name, ...runs.map(({ stats }) => figure(stats?.[i]))]);
  const columns = measured.stats === undefined ? ['AP'] : ['AP', 'AP50', 'AP75'];
  const names = Object.keys(measured.perClass).filter((name) => runs.some(({ perClass }) => columns.some((column) => perClass[name][column] !== null)));
  const rows = names.map((name) => [
    name,
    ...runs.flatMap(({ perClass }) => columns.map((column) => figure(perClass[name][column]))),
    String(measured.perClass[name]['positives']),
  ]);
  const head = ['class', ...runs.flatMap((_, i) => columns.map((column) => (i > 0 ? `${column} (2)` : column))), 'objects'];
  const heading = compare === undefined ? [] : [[metric, 'detections', compare.detections]];
  return [
    formatTable([...(heading.length > 0 ? heading : [[metric, '']]), ...totals]),
    formatTable([head, ...rows]),
    ...(report === undefined ? [] : [`${report}\n`]),
  ].join('\n');
}
