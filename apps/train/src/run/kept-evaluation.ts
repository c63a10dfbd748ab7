import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeAtomically } from '../atomic-write.ts';
import type { EvaluationSummary } from '../report/evaluation-summary.ts';
import type { RunEvaluation } from './evaluate-run.ts';
import type { RunDirectory } from './run-directory.ts';

interface Kept {
  /** Hash of the parameters that were evaluated. */
  readonly weights: string;
  readonly summary: EvaluationSummary;
  readonly samples: readonly { readonly name: string; readonly png: string }[];
}

/** Keeps what a run's report shows of its last evaluation, for the next time that the report is written. */
export function keepEvaluation(directory: RunDirectory, { summary, samples }: RunEvaluation): void {
  const kept: Kept = { weights: hashOf(directory), summary, samples: samples.map(({ name, png }) => ({ name, png: Buffer.from(png).toString('base64') })) };
  writeAtomically(directory.reportEvaluation, JSON.stringify(kept));
}

/** What has been kept, if it is of the parameters that the run has now. */
export function keptEvaluation(directory: RunDirectory): RunEvaluation | undefined {
  if (!existsSync(directory.reportEvaluation)) return undefined;
  try {
    const { weights, summary, samples } = JSON.parse(readFileSync(directory.reportEvaluation, 'utf8')) as Kept;
    return weights === hashOf(directory) ? { summary, samples: samples.map(({ name, png }) => ({ name, png: Buffer.from(png, 'base64') })) } : undefined;
  } catch {
    return undefined; // a damaged file costs the report a part, not the command its result
  }
}

/** Of the parameters that an evaluation reads: the model's or, before training has ended, the checkpoint's. */
function hashOf({ model, checkpoint }: RunDirectory): string {
  const file = [model, checkpoint].find((candidate) => existsSync(candidate));
  return file === undefined ? '' : createHash('sha256').update(readFileSync(file)).digest('hex');
}
