import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Chart } from './charts.ts';
import { escapeHtml, escapeJson } from './escape.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import type { ReportSample } from './report-data.ts';

/** What {@link renderPage} puts together. */
export interface Page {
  readonly title: string;
  /** HTML, one after another; empty ones are left out. */
  readonly sections: readonly string[];
  /** Drawn in the elements that {@link chartPlace} makes with their numbers. */
  readonly charts: readonly Chart[];
}

/** One HTML document that loads nothing. */
export function renderPage({ title, sections, charts }: Page): string {
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

/** A part of the page under a heading; nothing where there is no content. */
export function section(title: string, content: string): string {
  return content === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;
}

/** Where chart number `index` of the page is drawn. */
export function chartPlace(chart: Chart, index: number): string {
  return `<div class="chart"><h3>${escapeHtml(chart.title)}</h3><div data-chart="${index}"></div></div>`;
}

/** Figures in boxes: name and value. */
export function figureBoxes(entries: readonly (readonly [string, string])[]): string {
  const figures = entries.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return entries.length === 0 ? '' : `<dl class="figures">${figures.join('')}</dl>`;
}

/** A table of rows made by {@link tableRow}. */
export function table(head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll"><table>\n<thead><tr>${cells}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

/** A row of a {@link table}. */
export function tableRow(cells: readonly string[]): string {
  return `<tr>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
}

/** Pictures side by side, each with its name. */
export function pictures(samples: readonly ReportSample[], inPairs = false): string {
  return samples.length === 0 ? '' : `<div class="samples${inPairs ? ' pairs' : ''}">\n${samples.map(picture).join('\n')}\n</div>`;
}

function picture({ name, png }: ReportSample): string {
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
  const text = escapeHtml(name);
  return `<figure><img alt="Detections in ${text}" src="data:image/png;base64,${data}"><figcaption>${text}</figcaption></figure>`;
}

/** A figure from 0 to 1 with three digits. */
export function shown(figure: number | null | undefined): string {
  return figure === null || figure === undefined || Number.isNaN(figure) ? '–' : figure.toFixed(3);
}

function libraryText(file: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(file), 'utf8');
}
