import { escapeHtml } from '../report/escape.ts';

/** More rows are set in two columns. */
const manyRows = 24;

/** A row of bars under one name: a bar a run. */
export interface BarRow {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** What stands behind each bar; the value with three digits where absent. */
  readonly texts?: readonly string[];
}

/** Horizontal bars, as long as their values; `most` fills the width. */
export function bars(rows: readonly BarRow[], most: number): string {
  const bar = (value: number | null, i: number, text: string | undefined): string => {
    const width = Math.max(0, Math.min(100, (100 * (value ?? 0)) / most));
    return `${width > 0 ? `<i class="run${i}" style="width:${width.toFixed(2)}%"></i>` : ''}<b>${escapeHtml(text ?? (value === null ? '–' : value.toFixed(3)))}</b>`;
  };
  const lines = rows.map(
    ({ name, values, texts }) =>
      `<div><span title="${escapeHtml(name)}">${escapeHtml(name)}</span><p>${values.map((value, i) => `<em>${bar(value, i, texts?.[i])}</em>`).join('')}</p></div>`,
  );
  return `<div class="bars${rows.length > manyRows ? ' many' : ''}">${lines.join('\n')}</div>`;
}

/** A row of {@link stackedBars}: its parts, one after another. */
export interface StackRow {
  readonly name: string;
  readonly parts: readonly number[];
}

/** Horizontal bars of parts that make up a whole, with a legend of the parts' names. */
export function stackedBars(rows: readonly StackRow[], names: readonly string[]): string {
  const legend = names.map((name, i) => `<span><i class="part${i}"></i>${escapeHtml(name)}</span>`).join('');
  const lines = rows.map(({ name, parts }) => {
    const sum = parts.reduce((total, part) => total + part, 0);
    const pieces = parts.map((part, i) =>
      part === 0 ? '' : `<i class="part${i}" style="width:${((100 * part) / sum).toFixed(2)}%" title="${escapeHtml(`${names[i]}: ${part}`)}"></i>`,
    );
    return `<div><span title="${escapeHtml(name)}">${escapeHtml(name)}</span><p><em>${pieces.join('')}</em></p><b>${sum}</b></div>`;
  });
  return `<div class="legend">${legend}</div><div class="bars stacked">${lines.join('\n')}</div>`;
}
