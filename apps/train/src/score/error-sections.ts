import {
  calibration,
  confusionMatrix,
  falsePositiveBreakdown,
  falsePositiveNames,
  tideErrorNames,
  type Calibration,
  type FalsePositiveBreakdown,
  type TideErrors,
} from '@rcnn/eval';
import type { Chart } from '../report/charts.ts';
import { escapeHtml } from '../report/escape.ts';
import { shown, table, tableRow } from '../report/page.ts';
import { bars, stackedBars } from './bars.ts';
import type { ScoreInputs } from './score-inputs.ts';
import type { ScoreRun } from './score-run.ts';

const mostRows = 20;
const mostColumns = 26;

/** TIDE's errors as bars of ΔAP, one a run. */
export function tideSection(errors: readonly TideErrors[], legend: string): string {
  const rows = tideErrorNames.map((name) => ({
    name,
    values: errors.map(({ deltaAP }) => deltaAP[name]),
    texts: errors.map(({ deltaAP, counts }) => `${deltaAP[name].toFixed(3)} · ${counts[name]}`),
  }));
  const special = [
    { name: 'all false positives', values: errors.map(({ falsePositives }) => falsePositives) },
    { name: 'all misses', values: errors.map(({ falseNegatives }) => falseNegatives) },
  ];
  const most = Math.max(0.01, ...[...rows, ...special].flatMap(({ values }) => values));
  return `${legend}<div class="columns"><div><h3>By kind: ΔAP · how many</h3>${bars(rows, most)}</div>
<div><h3>In all: ΔAP</h3>${bars(special, most)}</div></div>
<p class="note">ΔAP is what average precision at IoU .5 would gain if the errors of one kind were put right (TIDE). AP at IoU .5
here: ${errors.map(({ ap }) => shown(ap)).join(' and ')}, over the classes that occur in ground truth or detections.</p>`;
}

/** Why the best detections of each class are wrong, the classes with the most objects. */
export function falsePositiveSection({ groundTruth, similar, classes }: ScoreInputs, { detections }: ScoreRun): string {
  const breakdown = falsePositiveBreakdown(groundTruth, detections, { similar });
  const seen = breakdown.filter(({ considered }) => considered > 0).sort((a, b) => b.positives - a.positives || a.label - b.label);
  const parts = ({ truePositives, counts }: FalsePositiveBreakdown): number[] => [truePositives, ...falsePositiveNames.map((name) => counts[name])];
  const rows = seen.slice(0, mostRows).map((own) => ({ name: classes[own.label - 1], parts: parts(own) }));
  const names = ['right', 'localisation', 'similar class', 'other class', 'background'];
  const note = `<p class="note">Of each class, as many of its best detections as it has objects${seen.length > mostRows ? `; the ${mostRows} classes with the most objects` : ''}.</p>`;
  return rows.length === 0 ? '' : stackedBars(rows, names) + note;
}

/** What is taken for what: the matrix of few classes, the most frequent confusions of many. */
export function confusionSection({ groundTruth, classes }: ScoreInputs, { detections }: ScoreRun, minScore: number): string {
  const K = classes.length + 1;
  const matrix = confusionMatrix(groundTruth, detections, classes.length, { minScore });
  const note = (more: string): string => `<p class="note">Detections that score ${minScore.toPrecision(3)} or more, at IoU .5${more}.</p>`;
  const name = (label: number): string => (label === 0 ? 'background' : classes[label - 1]);
  if (K > mostColumns) {
    const pairs = Array.from(matrix, (count, at) => ({ count, wanted: Math.floor(at / K), found: at % K }))
      .filter(({ count, wanted, found }) => count > 0 && wanted !== found && wanted > 0 && found > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, mostRows);
    const rows = pairs.map(({ count, wanted, found }) => tableRow([name(wanted), name(found), String(count)]));
    return rows.length === 0 ? '' : table(['what is there', 'taken for', 'times'], rows) + note('; the most frequent');
  }
  const used = Array.from({ length: K }, (_, i) => i).filter((i) => i === 0 || Array.from({ length: K }).some((_, j) => matrix[i * K + j] + matrix[j * K + i] > 0));
  const order = [...used.slice(1), 0];
  const row = (i: number): string => {
    const sum = order.reduce((total, j) => total + matrix[i * K + j], 0);
    const cells = order.map((j) => {
      const count = matrix[i * K + j];
      return `<td style="background:rgba(76,120,216,${sum === 0 ? 0 : ((0.7 * count) / sum).toFixed(3)})">${count === 0 ? '' : count}</td>`;
    });
    return `<tr><th>${escapeHtml(name(i))}</th>${cells.join('')}</tr>`;
  };
  const head = ['', ...order.map(name)].map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll"><table class="matrix"><thead><tr>${head}</tr></thead><tbody>${order.map(row).join('\n')}</tbody></table></div>${note(': rows are what is there, columns what it is taken for')}`;
}

/** The reliability curves, and the expected calibration error of each run; undefined where scores are no probabilities. */
export function calibrationChart(
  { groundTruth }: ScoreInputs,
  runs: readonly ScoreRun[],
  names: readonly string[],
): { readonly chart: Chart; readonly note: string } | undefined {
  const sound = runs.every(({ detections }) => detections.every(({ scores }) => Array.from(scores).every((score) => score >= 0 && score <= 1)));
  if (!sound) return undefined;
  const found: Calibration[] = runs.map(({ detections }) => calibration(groundTruth, detections));
  const x = found[0].bins.map(({ from, to }) => (from + to) / 2);
  const curves = found.map(({ bins }, i) => ({
    label: runs.length > 1 ? names[i] : 'precision',
    values: bins.map(({ precision }) => (Number.isNaN(precision) ? null : precision)),
  }));
  const chart: Chart = {
    ...{ title: 'Reliability: precision over score', xLabel: 'score', x, yRange: [0, 1] },
    series: [...curves, { label: 'score = precision', values: x }],
  };
  const errors = found.map(({ ece }, i) => `${shown(ece)}${runs.length > 1 ? ` (${names[i]})` : ''}`).join(', ');
  return { chart, note: `<p class="note">Expected calibration error: ${escapeHtml(errors)}; ten bins of equal width, IoU .5.</p>` };
}
