import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { writeReport } from '../report/write-report.ts';
import type { RunEvaluation } from './evaluate-run.ts';
import { readMetrics } from './metrics-log.ts';
import type { RunDirectory } from './run-directory.ts';

/** Writes the run's `report.html` from what its directory holds and, if given, an evaluation; answers its path. */
export function writeRunReport(directory: RunDirectory, evaluation?: RunEvaluation): string {
  return writeReport(directory.root, {
    title: basename(resolve(directory.root)),
    configuration: readFileSync(directory.config, 'utf8'),
    metrics: existsSync(directory.metrics) ? readMetrics(directory.metrics) : [],
    ...(evaluation === undefined ? {} : { evaluation: evaluation.summary, samples: evaluation.samples }),
  });
}
