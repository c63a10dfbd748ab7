import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../problem.ts';
import { parseImageSet, type ImageSetEntry } from '../voc-image-set.ts';
import { listFiles } from './list-files.ts';

const usual = ['train', 'val', 'trainval', 'test'];

/** The splits in `ImageSets/Main`, the usual ones first. Per-class files (`cat_train.txt` beside `train.txt`) are none. */
export async function readImageSetNames(root: string): Promise<string[]> {
  const names = (await listFiles(join(root, 'ImageSets', 'Main'))).filter((name) => name.endsWith('.txt')).map((name) => name.slice(0, -4));
  const splits = names.filter((name) => !names.some((other) => name.endsWith(`_${other}`)));
  const rank = (name: string): number => (usual.indexOf(name) + usual.length + 1) % (usual.length + 1);
  return splits.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** One split's ids, each once; what is listed twice, and a list that is empty, is a problem. */
export async function readImageSet(
  root: string,
  split: string,
): Promise<{ file: string; entries: ImageSetEntry[]; problems: Problem[] }> {
  const file = join(root, 'ImageSets', 'Main', `${split}.txt`);
  const problems: Problem[] = [];
  const first = new Map<string, ImageSetEntry>();
  for (const entry of parseImageSet(await readFile(file, 'utf8'))) {
    const earlier = first.get(entry.id);
    if (earlier === undefined) {
      first.set(entry.id, entry);
    } else {
      problems.push({ file, line: entry.line, reason: `duplicate id "${entry.id}", first on line ${earlier.line}`, drops: 'nothing' });
    }
  }
  if (first.size === 0) {
    problems.push({ file, reason: 'empty split, no id is listed', drops: 'nothing' });
  }
  return { file, entries: [...first.values()], problems };
}
