import { join } from 'node:path';
import type { Problem } from '../problem.ts';
import { parseImageSet, type ImageSetEntry } from '../voc-image-set.ts';
import { compareSplits } from './compare-splits.ts';
import { listFiles } from './list-files.ts';
import { readText } from './read-text.ts';

/** The splits in `ImageSets/Main`, the usual ones first. Per-class files (`cat_train.txt` beside `train.txt`) are none. */
export async function readImageSetNames(root: string): Promise<string[]> {
  const names = (await listFiles(join(root, 'ImageSets', 'Main'))).filter((name) => name.endsWith('.txt')).map((name) => name.slice(0, -4));
  return names.filter((name) => !names.some((other) => name.endsWith(`_${other}`))).sort(compareSplits);
}

/** One split's ids, each once, of which `isId` tells whether there is such a one; what is listed twice, and a list that is empty, is a problem. */
export async function readImageSet(
  root: string,
  split: string,
  isId: (id: string) => boolean,
): Promise<{ file: string; entries: ImageSetEntry[]; problems: Problem[] }> {
  const file = join(root, 'ImageSets', 'Main', `${split}.txt`);
  const text = await readText(file);
  if (typeof text !== 'string') {
    return { file, entries: [], problems: [text] };
  }
  const problems: Problem[] = [];
  const first = new Map<string, ImageSetEntry>();
  for (const entry of parseImageSet(text, isId)) {
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
