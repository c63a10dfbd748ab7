import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseMetrics, type MetricsRow } from '../report/metrics-row.ts';
import { writeAtomically } from '../atomic-write.ts';

/** The steps of a run, one JSON line each. */
export interface MetricsLog {
  readonly append: (row: MetricsRow) => void;
}

/** The log at `file`, cut back to the first `steps` steps: those after the checkpoint are about to be done again. */
export function openMetricsLog(file: string, steps: number): MetricsLog {
  const kept = existsSync(file) ? readMetrics(file).filter((row) => row.step <= steps) : [];
  writeAtomically(file, kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return { append: (row) => appendFileSync(file, `${JSON.stringify(row)}\n`) };
}

/** The rows of a log. */
export function readMetrics(file: string): MetricsRow[] {
  return parseMetrics(readFileSync(file, 'utf8'), file);
}
