import { basename } from 'node:path';
import { tideErrors, tideMaskErrors } from '@rcnn/eval';
import { writeAtomically } from '../atomic-write.ts';
import type { Chart } from '../report/charts.ts';
import { cocoFigureTitles, cocoKeypointFigureTitles } from '../report/coco-figure-titles.ts';
import { escapeHtml } from '../report/escape.ts';
import { chartPlace, figureBoxes, pictures, renderPage, section, shown, table, tableRow } from '../report/page.ts';
import { bars } from './bars.ts';
import { calibrationChart, confusionSection, falsePositiveSection, tideSection } from './error-sections.ts';
import { figureNames, type FigureName } from './figure-names.ts';
import { summarise, type Measured } from './measure.ts';
import type { MetricName } from './metric.ts';
import { operatingPoint, type OperatingPoint } from './operating-point.ts';
import { precisionCharts } from './precision-charts.ts';
import type { ScoreReportData } from './score-run.ts';
import { drawWorstImages } from './worst-images.ts';

const worstCount = 12;
const boxesNote = '<p class="note">These by the IoU of masks; false positives, confusions and calibration below by that of boxes.</p>';

/** The part of a report that is about errors. */
interface ErrorParts {
  /** Of each run, from which score its detections are trusted. */
  readonly points: readonly (OperatingPoint | undefined)[];
  readonly charts: readonly Chart[];
  readonly sections: readonly string[];
}

/** Writes the report of `rcnn score`: one HTML file that needs no other, nor the network. Errors are told of boxes and masks alone. */
export async function writeScoreReport(file: string, data: ScoreReportData): Promise<string> {
  const { metric, inputs: { classes, groundTruth }, runs } = data;
  const bases = runs.map(({ path }) => basename(path));
  const names = new Set(bases).size === bases.length ? bases : runs.map(({ path }) => path);
  const measured = runs.map(({ evaluation }) => summarise(evaluation, classes));
  const curves = precisionCharts(runs, names, classes);
  const errors = metric === 'coco-keypoints' ? { points: [], charts: [], sections: [] } : await errorParts(data, names, curves.length);
  const html = renderPage({
    title: `${names.join(' and ')}: ${metric}`,
    charts: [...curves, ...errors.charts],
    sections: [
      ...runs.map((_, i) => headline(measured[i], runs.length > 1 ? names[i] : undefined, groundTruth.length, errors.points[i])),
      section('Figures', figuresTable(metric, measured, names)),
      section('Precision and recall', curves.map((chart, i) => chartPlace(chart, i)).join('\n')),
      section('Classes', `${legendOf(names)}${classBars(measured)}`),
      ...errors.sections,
    ],
  });
  writeAtomically(file, html);
  return file;
}

async function errorParts({ metric, inputs, runs, images }: ScoreReportData, names: readonly string[], chartsBefore: number): Promise<ErrorParts> {
  const tideOf = metric === 'coco-segm' ? tideMaskErrors : tideErrors;
  const errors = runs.map(({ detections }) => tideOf(inputs.groundTruth, detections));
  const points = runs.map(({ detections }, i) => operatingPoint(errors[i].images, detections));
  const erring = runs.map(({ detections }, i) => ({ name: names[i], detections, images: errors[i].images, minScore: points[i]?.score ?? 0 }));
  const reliability = calibrationChart(inputs, runs, names);
  const drawn = await drawWorstImages(inputs, erring, images, runs.length > 1 ? worstCount / 2 : worstCount);
  const several = runs.length > 1;
  return {
    points,
    charts: reliability ? [reliability.chart] : [],
    sections: [
      section('Errors', tideSection(errors, legendOf(names)) + (metric === 'coco-segm' ? boxesNote : '')),
      ...runs.map((run, i) => section(`False positives${several ? `: ${names[i]}` : ''}`, falsePositiveSection(inputs, run))),
      section(`Confusions${several ? `: ${names[0]}` : ''}`, confusionSection(inputs, runs[0], points[0]?.score ?? 0)),
      section('Calibration', reliability ? chartPlace(reliability.chart, chartsBefore) + reliability.note : ''),
      section('Images with the most errors', drawn.length === 0 ? '' : `${pictures(drawn, several)}${drawingNote(points.map((point) => point?.score ?? 0))}`),
    ],
  };
}

function legendOf(names: readonly string[]): string {
  return names.length < 2 ? '' : `<div class="legend">${names.map((name, i) => `<span><i class="run${i}"></i>${escapeHtml(name)}</span>`).join('')}</div>`;
}

function headline({ stats, mAP }: Measured, name: string | undefined, images: number, point: OperatingPoint | undefined): string {
  const figure = (i: number): string => (stats === undefined || stats[i] < 0 ? '–' : stats[i].toFixed(3));
  const figures: [string, string][] = stats === undefined ? [['mAP', shown(mAP)]] : [['AP', figure(0)], ['AP50', figure(1)], ['AP75', figure(2)]];
  const best: [string, string][] = point === undefined ? [] : [[`precision, recall at score ${point.score.toPrecision(3)}`, `${point.precision.toFixed(3)}, ${point.recall.toFixed(3)}`]];
  const title = name === undefined ? '' : `<h3>${escapeHtml(name)}</h3>`;
  return `${title}${figureBoxes([...figures, ['images', String(images)], ...best])}`;
}

function figuresTable(metric: MetricName, measured: readonly Measured[], names: readonly string[]): string {
  const [{ stats }] = measured;
  const heads = names.length > 1 ? names : ['value'];
  if (stats === undefined) return '';
  const titles: Readonly<Partial<Record<FigureName, string>>> = metric === 'coco-keypoints' ? cocoKeypointFigureTitles : cocoFigureTitles;
  const row = (figure: FigureName, i: number): string => {
    const values = measured.map((own) => own.stats?.[i] ?? -1);
    const change = values.length > 1 && values.every((value) => value >= 0) ? [signed(values[1] - values[0])] : values.length > 1 ? ['–'] : [];
    return tableRow([titles[figure] ?? '', figure, ...values.map((value) => (value < 0 ? '–' : value.toFixed(3))), ...change]);
  };
  return table(['figure', '', ...heads, ...(names.length > 1 ? ['change'] : [])], figureNames(metric).map(row));
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** Average precision of each class that has objects, the best first. */
function classBars(measured: readonly Measured[]): string {
  const [first] = measured;
  const rows = Object.entries(first.perClass)
    .filter(([, { AP }]) => AP !== null)
    .sort(([, a], [, b]) => (b['AP'] ?? 0) - (a['AP'] ?? 0))
    .map(([name, { positives }]) => ({ name: `${name} (${positives})`, values: measured.map(({ perClass }) => perClass[name]['AP']) }));
  return `${bars(rows, 1)}<p class="note">Average precision; in brackets, how many objects there are.</p>`;
}

function drawingNote(minScores: readonly number[]): string {
  const scores = minScores.map((score) => score.toPrecision(3)).join(' and ');
  return `<p class="note">Dashed white: ground truth. In colours: detections that score ${scores} or more, where F1 over all classes is highest.</p>`;
}
