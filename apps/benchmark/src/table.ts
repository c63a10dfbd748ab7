import Table from 'cli-table3';

import { type Recall, type Row } from './subject.ts';

/** Rows for people: times to three digits, recall in percent, a dash where there is no peer. */
export function formatTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ['', 'engine', 'ms', 'peer', 'ms', 'ratio'],
    colAligns: ['left', 'left', 'right', 'left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, engine, ms, peer, peerMs, ratio, recall, peerRecall } of rows) {
    if (recall !== undefined) {
      table.push([name, 'R.5 R.7 MABO', percent(recall), peer ?? '–', peerRecall ? percent(peerRecall) : '–', '']);
      continue;
    }
    table.push([name, engine, digits(ms), peer ?? '–', digits(peerMs), ratio === null ? '–' : `${digits(ratio)}×`]);
  }
  return table.toString();
}

function percent({ at50, at70, mabo }: Recall): string {
  return [at50, at70, mabo].map((value) => (100 * value).toFixed(1)).join(' ');
}

function digits(value: number | null): string {
  return value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
