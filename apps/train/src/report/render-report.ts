import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { precisionRecallChart, totalLoss, trainingCharts, type Chart } from './charts.ts';
import { escapeHtml, escapeJson } from './escape.ts';
import type { EvaluationSummary } from './evaluation-summary.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import type { ReportData } from './report-data.ts';

const cocoNames: { readonly [Figure in keyof EvaluationSummary['coco']]: string } = {
  AP: 'Average precision, IoU .5 to .95',
  AP50: 'Average precision, IoU .5',
  AP75: 'Average precision, IoU .75',
  APs: 'Average precision, small objects (to 32² pixels)',
  APm: 'Average precision, medium objects (to 96² pixels)',
  APl: 'Average precision, large objects',
  AR1: 'Average recall, 1 detection an image and class',
  AR10: 'Average recall, 10 detections',
  AR100: 'Average recall, 100 detections',
  ARs: 'Average recall, small objects',
  ARm: 'Average recall, medium objects',
  ARl: 'Average recall, large objects',
};

/** The report as one HTML document that loads nothing. */
export function renderReport({ title, configuration, metrics, evaluation, samples = [] }: ReportData): string {
  const training = trainingCharts(metrics);
  const curves = evaluation && precisionRecallChart(evaluation);
  const charts = curves ? [...training, curves] : training;
  const place = (chart: Chart): string =>
    `<div class="chart"><h3>${escapeHtml(chart.title)}</h3><div data-chart="${charts.indexOf(chart)}"></div></div>`;
  const sections = [
    headline({ metrics, ...(evaluation && { evaluation }) }),
    section('Training', training.map(place).join('\n')),
    section('Evaluation', evaluation ? `${curves ? place(curves) : ''}\n${classTable(evaluation)}` : ''),
    section('COCO figures', evaluation ? cocoTable(evaluation) : ''),
    section('Detections', samples.length > 0 ? `<div class="samples">\n${samples.map(figure).join('\n')}\n</div>` : ''),
    section('Configuration', configuration.trim() === '' ? '' : `<pre>${escapeHtml(configuration)}</pre>`),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${libraryText('uplot/dist/uPlot.min.css')}${pageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${sections.filter((text) => text !== '').join('\n')}
<script type="application/json" id="charts">${escapeJson(charts)}</script>
<script>${libraryText('uplot/dist/uPlot.iife.min.js').replaceAll('</script', '<\\/script')}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<section>\n<h2>${title}</h2>\n${content}\n</section>`;
}

function headline({ metrics, evaluation }: Pick<ReportData, 'metrics' | 'evaluation'>): string {
  const last = metrics.at(-1);
  const seconds = metrics.reduce((sum, { secondsPerStep }) => sum + secondsPerStep, 0);
  const entries: (readonly [string, string])[] = [];
  if (evaluation) {
    entries.push(['mAP@.5', shown(evaluation['mAP@.5'])], ['COCO AP', shown(evaluation.coco.AP)]);
    entries.push([`images, ${evaluation.split}`, String(evaluation.images)]);
  }
  if (last) {
    entries.push(['steps', String(last.step)], ['epochs', String(Number(last.epoch.toFixed(2)))]);
    entries.push(['last loss', totalLoss(last).toPrecision(3)], ['time a step', `${(seconds / metrics.length).toFixed(2)} s`]);
  }
  if (entries.length === 0) return '';
  const figures = entries.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<dl class="figures">${figures.join('')}</dl>`;
}

function classTable({ perClass, ...summary }: EvaluationSummary): string {
  const rows = Object.entries(perClass).map(([name, { ap, cocoAP, positives, truePositives, falsePositives }]) =>
    row([name, shown(ap), shown(cocoAP), String(positives), String(truePositives), String(falsePositives)]),
  );
  rows.push(row(['mean', shown(summary['mAP@.5']), shown(summary.coco.AP), '', '', '']));
  return table(['class', 'AP@.5', 'AP@[.5, .95]', 'boxes', 'true positives', 'false positives'], rows);
}

function cocoTable({ coco }: EvaluationSummary): string {
  const names = Object.keys(cocoNames) as (keyof typeof cocoNames)[];
  return table(['figure', '', 'value'], names.map((name) => row([cocoNames[name], name, shown(coco[name])])));
}

function table(head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${cells}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
}

function figure({ name, png }: NonNullable<ReportData['samples']>[number]): string {
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
  const text = escapeHtml(name);
  return `<figure><img alt="Detections in ${text}" src="data:image/png;base64,${data}"><figcaption>${text}</figcaption></figure>`;
}

function shown(figure: number | null): string {
  return figure === null ? '–' : figure.toFixed(3);
}

function libraryText(file: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(file), 'utf8');
}
