import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { AblationSummary } from '../regions/ablation-summary.ts';
import { writeReport } from '../report/write-report.ts';
import type { RunEvaluation } from './evaluate-run.ts';
import { keepEvaluation, keptEvaluation } from './kept-evaluation.ts';
import { readMetrics } from './metrics-log.ts';
import type { RunDirectory } from './run-directory.ts';

/**
 * Writes the run's `report.html` from what its directory holds, tables of variants among it, and of the evaluation given, which is kept, or else of
 * the last one that was; answers its path.
 */
export function writeRunReport(directory: RunDirectory, evaluation?: RunEvaluation): string {
  if (evaluation !== undefined) keepEvaluation(directory, evaluation);
  const shown = evaluation ?? keptEvaluation(directory);
  const tables = readdirSync(directory.root).filter((name) => /^ablations-.*\.json$/.test(name)).sort();
  return writeReport(directory.root, {
    title: basename(resolve(directory.root)),
    configuration: readFileSync(directory.config, 'utf8'),
    metrics: existsSync(directory.metrics) ? readMetrics(directory.metrics) : [],
    ablations: tables.map((name) => JSON.parse(readFileSync(join(directory.root, name), 'utf8')) as AblationSummary),
    ...(shown && { evaluation: shown.summary, samples: shown.samples }),
  });
}
