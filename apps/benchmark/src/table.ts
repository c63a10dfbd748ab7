import Table from 'cli-table3';

import { type Recall, type Row } from './subject.ts';

/** Rows for people: times to three digits, recall in percent, a dash where there is no peer, the papers' figures where a row has them. */
export function formatTable(rows: readonly Row[]): string {
  const papers = rows.some(({ published }) => published !== undefined);
  const table = new Table({
    head: ['', 'engine', 'ms', 'peer', 'ms', 'ratio', ...(papers ? ['paper ms', 'paper ratio'] : [])],
    colAligns: ['left', 'left', 'right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, engine, ms, peer, peerMs, ratio, published, recall, peerRecall } of rows) {
    if (recall !== undefined) {
      table.push([name, 'R.5 R.7 MABO', percent(recall), peer ?? '–', peerRecall ? percent(peerRecall) : '–', '']);
      continue;
    }
    const paper = papers ? [digits(published?.ms ?? null), times(published?.ratio ?? null)] : [];
    table.push([name, engine, digits(ms), peer ?? '–', digits(peerMs), times(ratio), ...paper]);
  }
  return table.toString();
}

function percent({ at50, at70, mabo }: Recall): string {
  return [at50, at70, mabo].map((value) => (100 * value).toFixed(1)).join(' ');
}

function times(ratio: number | null): string {
  return ratio === null ? '–' : `${digits(ratio)}×`;
}

function digits(value: number | null): string {
  return value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
