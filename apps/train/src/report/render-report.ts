import { percent, type AblationSummary } from '../regions/ablation-summary.ts';
import { precisionRecallChart, totalLoss, trainingCharts, type Chart } from './charts.ts';
import { cocoFigureTitles, cocoKeypointFigureTitles } from './coco-figure-titles.ts';
import { escapeHtml } from './escape.ts';
import type { CocoKeypointSummary, EvaluationSummary } from './evaluation-summary.ts';
import { chartPlace, figureBoxes, pictures, renderPage, section, shown, table, tableRow } from './page.ts';
import type { ReportData } from './report-data.ts';

/** The report as one HTML document that loads nothing. */
export function renderReport({ title, configuration, metrics, evaluation, samples = [], ablations = [] }: ReportData): string {
  const training = trainingCharts(metrics);
  const curves = evaluation && precisionRecallChart(evaluation);
  const charts = curves ? [...training, curves] : training;
  const place = (chart: Chart): string => chartPlace(chart, charts.indexOf(chart));
  return renderPage({
    title,
    charts,
    sections: [
      headline({ metrics, ...(evaluation && { evaluation }) }),
      section('Training', training.map(place).join('\n')),
      section('Evaluation', evaluation ? `${curves ? place(curves) : ''}\n${classTable(evaluation)}` : ''),
      section('COCO figures', evaluation ? cocoTable(evaluation) : ''),
      section('COCO figures of keypoints', evaluation?.cocoKeypoints ? keypointTable(evaluation.cocoKeypoints) : ''),
      section('Variants', ablations.map(ablationTable).join('\n')),
      section('Detections', pictures(samples)),
      section('Configuration', configuration.trim() === '' ? '' : `<pre>${escapeHtml(configuration)}</pre>`),
    ],
  });
}

function headline({ metrics, evaluation }: Pick<ReportData, 'metrics' | 'evaluation'>): string {
  const last = metrics.at(-1);
  const seconds = metrics.reduce((sum, { secondsPerStep }) => sum + secondsPerStep, 0);
  const entries: (readonly [string, string])[] = [];
  if (evaluation) {
    entries.push(['mAP@.5', shown(evaluation['mAP@.5'])], ['COCO AP', shown(evaluation.coco.AP)]);
    if (evaluation.cocoKeypoints) entries.push(['COCO AP of keypoints', shown(evaluation.cocoKeypoints.AP)]);
    if (evaluation.cocoMasks) entries.push(['COCO AP of masks', shown(evaluation.cocoMasks.AP)]);
    entries.push([`images, ${evaluation.split}`, String(evaluation.images)]);
  }
  if (last) {
    entries.push(['steps', String(last.step)], ['epochs', String(Number(last.epoch.toFixed(2)))]);
    entries.push(['last loss', totalLoss(last).toPrecision(3)], ['time a step', `${(seconds / metrics.length).toFixed(2)} s`]);
  }
  return figureBoxes(entries);
}

function classTable({ perClass, ...summary }: EvaluationSummary): string {
  const rows = Object.entries(perClass).map(([name, { ap, cocoAP, positives, truePositives, falsePositives }]) =>
    tableRow([name, shown(ap), shown(cocoAP), String(positives), String(truePositives), String(falsePositives)]),
  );
  rows.push(tableRow(['mean', shown(summary['mAP@.5']), shown(summary.coco.AP), '', '', '']));
  return table(['class', 'AP@.5', 'AP@[.5, .95]', 'boxes', 'true positives', 'false positives'], rows);
}

/** In the shape of R-CNN's Table 2. */
function ablationTable({ split, classes, rows }: AblationSummary): string {
  return table([split, ...classes, 'mAP'], rows.map(({ name, ap, mAP }) => tableRow([name, ...ap.map(percent), percent(mAP)])));
}

function cocoTable({ coco, cocoMasks }: EvaluationSummary): string {
  const names = Object.keys(cocoFigureTitles) as (keyof typeof cocoFigureTitles)[];
  const masks = (name: keyof typeof cocoFigureTitles): string[] => (cocoMasks ? [shown(cocoMasks[name])] : []);
  const heads = cocoMasks ? ['boxes', 'masks'] : ['value'];
  return table(['figure', '', ...heads], names.map((name) => tableRow([cocoFigureTitles[name], name, shown(coco[name]), ...masks(name)])));
}

function keypointTable(figures: CocoKeypointSummary): string {
  const names = Object.keys(cocoKeypointFigureTitles) as (keyof typeof cocoKeypointFigureTitles)[];
  return table(['figure', '', 'value'], names.map((name) => tableRow([cocoKeypointFigureTitles[name], name, shown(figures[name])])));
}
