import { dirname, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { formatProblem, type Problem } from '../problem.ts';
import { compareSplits } from './compare-splits.ts';
import { listFiles } from './list-files.ts';
import { readClasses } from './read-classes.ts';
import { readText } from './read-text.ts';

/** One split of a YOLO folder: the folders of its images, or files that list them. */
export interface YoloSplit {
  readonly split: string;
  readonly images: readonly string[];
}

/** Where a YOLO folder keeps its files, and what it says of itself. */
export interface YoloLayout {
  readonly classes: readonly string[];
  readonly splits: readonly YoloSplit[];
  readonly problems: readonly Problem[];
}

const usual = ['train', 'val', 'test'];

/**
 * The layout of a YOLO folder: `data.yaml` (or another YAML file with `names`) with the folders of `train`, `val` and `test`,
 * or, without one, `images` and `labels` with or without a folder a split, and `classes.txt`. Undefined if it is none.
 * @throws Error if the YAML file cannot be read, or says no names
 */
export async function findYoloLayout(root: string): Promise<YoloLayout | undefined> {
  const top = await listFiles(root);
  const candidates = top.filter((name) => /\.ya?ml$/i.test(name)).sort((a, b) => Number(b === 'data.yaml') - Number(a === 'data.yaml'));
  for (const name of candidates) {
    const file = join(root, name);
    const text = await readText(file);
    if (typeof text !== 'string') throw new Error(formatProblem(text));
    if (/^\s*["']?names["']?\s*:/m.test(text) || name === 'data.yaml') {
      return readYaml(root, file, text);
    }
  }
  if (!top.includes('images') || !top.includes('labels')) {
    return undefined;
  }
  const labels = await listFiles(join(root, 'labels'));
  const folders = [];
  for (const folder of labels) {
    if ((await listFiles(join(root, 'labels', folder))).some((name) => name.endsWith('.txt'))) {
      folders.push(folder);
    }
  }
  if (folders.length === 0 && !labels.some((name) => name.endsWith('.txt'))) {
    return undefined;
  }
  const classes = (await readClasses(root)) ?? (await readClasses(join(root, 'labels')));
  if (!classes) {
    throw new Error(`${root}: expected the names of the classes in data.yaml or classes.txt`);
  }
  const splits = folders.sort(compareSplits).map((split) => ({ split, images: [join(root, 'images', split)] }));
  return { classes, splits: splits.length > 0 ? splits : [{ split: 'all', images: [join(root, 'images')] }], problems: [] };
}

async function readYaml(root: string, file: string, text: string): Promise<YoloLayout> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const [{ message, linePos }] = document.errors;
    throw new Error(`${file}:${linePos?.[0].line ?? 1}: malformed YAML: ${message.split('\n')[0].replace(/ at line .*/, '')}`);
  }
  const content = (document.toJS() ?? {}) as Readonly<Record<string, unknown>>;
  const lineOf = (key: string): number => {
    const range = (document.get(key, true) as { range?: [number, number, number] } | undefined)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const classes = namesOf(content.names);
  if (!classes) {
    throw new Error(`${file}:${lineOf('names')}: expected "names" as a list, or as numbers from 0 on with their names`);
  }
  const problems: Problem[] = [];
  if (typeof content.nc === 'number' && content.nc !== classes.length) {
    problems.push({ file, line: lineOf('nc'), reason: `nc is ${content.nc}, but there are ${classes.length} names`, drops: 'nothing' });
  }
  const base = typeof content.path === 'string' ? [resolve(dirname(file), content.path), root] : [root];
  const splits: YoloSplit[] = [];
  for (const split of usual) {
    const written = content[split];
    const paths = (Array.isArray(written) ? written : [written]).filter((path): path is string => typeof path === 'string' && path !== '');
    const images: string[] = [];
    for (const path of paths) {
      const forward = path.replaceAll('\\', '/'); // as Windows writes it
      // Exported folders often say "../train/images" of what is train/images.
      const places = [...base.flatMap((folder) => [join(folder, path), join(folder, forward)]), join(root, forward.replace(/^(\.\.?\/)+/, ''))];
      const found = await firstThatExists(places);
      if (found === undefined) {
        problems.push({ file, line: lineOf(split), reason: `${split}: no such folder ${path}`, drops: 'example' });
      } else {
        images.push(found);
      }
    }
    if (paths.length > 0) {
      splits.push({ split, images });
    }
  }
  if (splits.length === 0) {
    throw new Error(`${file}: expected the folder of "train", "val" or "test"`);
  }
  return { classes, splits, problems };
}

async function firstThatExists(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    if (place.endsWith('.txt') ? (await listFiles(dirname(place))).includes(place.slice(dirname(place).length + 1)) : (await listFiles(place)).length > 0) {
      return place;
    }
  }
  return undefined;
}

function namesOf(names: unknown): readonly string[] | undefined {
  if (typeof names !== 'object' || names === null) {
    return undefined;
  }
  const list = Array.isArray(names) ? (names as unknown[]) : Array.from({ length: Object.keys(names).length }, (_, i) => (names as Record<string, unknown>)[i]);
  return list.length > 0 && list.every((name) => typeof name === 'string' || typeof name === 'number') ? list.map(String) : undefined;
}
