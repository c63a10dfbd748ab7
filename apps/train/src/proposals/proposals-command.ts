import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolveStrategy, toProposalRecord } from '@rcnn/proposals';
import { writeAtomically } from '../atomic-write.ts';
import { printJson, printJsonList } from '../output.ts';
import { outputFile, outputFolder } from '../output-place.ts';
import { createProgress } from '../progress.ts';
import { targetFiles } from '../target-files.ts';
import { findImages } from './find-images.ts';
import { defaultCache } from './proposals-cache.ts';
import type { ProposalsAnswer, SearchSettings } from './proposals-task.ts';
import { proposeAll } from './propose-all.ts';

/** What `rcnn proposals` is told. */
export interface ProposalsOptions extends Omit<SearchSettings, 'max' | 'minBoxSize' | 'ranking'> {
  readonly max?: number;
  readonly minBoxSize?: number;
  readonly ranking?: SearchSettings['ranking'];
  readonly out?: string;
  readonly workers?: number;
  /** A folder; false for none. */
  readonly cache?: string | false;
  readonly json?: true;
}

type Found = Exclude<ProposalsAnswer, { reason: string }>;

/** Proposals of images and of folders of images: written, printed, or told of in a line each. */
export async function proposals(paths: readonly string[], options: ProposalsOptions): Promise<void> {
  const { flavour, mode, seed, max = null, minBoxSize = null, ranking = null, out, json, workers = availableParallelism() } = options;
  resolveStrategy({ flavour, mode, ...(ranking === null ? {} : { ranking }) });
  const folders = paths.some((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  const files = findImages(paths);
  const targets = out === undefined || out.endsWith('.json') ? undefined : targetFiles(outputFolder(out), '.json', files);
  if (out !== undefined && targets === undefined) outputFile(out);
  const settings = { flavour, mode, seed, max, minBoxSize, ranking };
  const cache = options.cache === false ? null : (options.cache ?? (folders ? defaultCache() : null));
  const progress = createProgress({ label: 'proposals', total: files.length, unit: 'images' });
  const answers = await proposeAll(
    files.map((file) => ({ file, settings, cache })),
    workers,
    (answer) => {
      const target = targets?.get(answer.file);
      if ('reason' in answer) say(answer.file, answer.reason);
      else if (answer.corrupt !== null) say(answer.corrupt, `corrupt, computed again for ${answer.file}`);
      if (target !== undefined && 'found' in answer) writeAtomically(target, `${JSON.stringify(recordOf(answer, mode))}\n`);
      progress.advance();
    },
  ).finally(() => {
    if (files.length > 1 && !json) progress.finish();
    else progress.stop();
  });
  const found = answers.filter((answer): answer is Found => 'found' in answer);
  const single = files.length === 1 && !folders;
  const records = function* (): Generator<object> {
    for (const answer of found) yield recordOf(answer, mode);
  };
  if (found.length < answers.length) process.exitCode = 1;
  if (out !== undefined && targets === undefined && found.length > 0) writeAtomically(out, jsonParts(records(), single));
  if (json && found.length > 0) await (single ? printJson(recordOf(found[0], mode)) : printJsonList(records()));
  if (!json) found.forEach((answer) => process.stdout.write(lineOf(answer)));
}

/** A fault, in the form of the command line's other ones. */
function say(file: string, what: string): void {
  process.stderr.write(`rcnn: ${file}: ${what}\n`);
}

function recordOf({ file, found: { ms, ...found } }: Found, mode: string): object {
  const { boxes, scores, ...size } = toProposalRecord({ image: file, ...found });
  return { ...size, mode, ms, boxes, scores };
}

function lineOf({ file, found: { width, height, scores, ms }, cached }: Found): string {
  return `${file}: ${width}×${height}, ${scores.length} boxes, ${cached ? 'from the cache' : `${Math.round(ms)} ms`}\n`;
}

/** The one record there is, or all of them in a list, part by part: the whole may be longer than a text can be. */
function* jsonParts(records: Iterable<object>, single: boolean): Generator<string> {
  let before = single ? '' : '[';
  for (const record of records) {
    yield before + JSON.stringify(record);
    before = ',';
  }
  yield single ? '\n' : ']\n';
}
