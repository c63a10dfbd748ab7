import Table from 'cli-table3';

import { type Row } from './subject.ts';

/** Rows for people: times to three digits, a dash where there is no peer. */
export function formatTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ['', 'engine', 'ms', 'peer', 'ms', 'ratio'],
    colAligns: ['left', 'left', 'right', 'left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, engine, ms, peer, peerMs, ratio } of rows) {
    table.push([name, engine, digits(ms), peer ?? '–', digits(peerMs), ratio === null ? '–' : `${digits(ratio)}×`]);
  }
  return table.toString();
}

function digits(value: number | null): string {
  return value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
