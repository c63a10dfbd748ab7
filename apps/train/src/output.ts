import { once } from 'node:events';

/** Prints one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Prints a list as {@link printJson} does, entry by entry: all of it may be longer than a text can be. */
export async function printJsonList(entries: Iterable<unknown>): Promise<void> {
  let before = '[\n';
  for (const entry of entries) {
    const written = process.stdout.write(before + JSON.stringify(entry, undefined, 2).replace(/^/gm, '  '));
    before = ',\n';
    if (!written) await once(process.stdout, 'drain');
  }
  process.stdout.write(before === ',\n' ? '\n]\n' : '[]\n');
}

/** Rows in columns as wide as their widest cell: the first column to the left, the others, figures, to the right. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}
