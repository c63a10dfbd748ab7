import { basename, dirname, isAbsolute, join, parse, sep } from 'node:path';
import type { Dataset, Example } from '../dataset.ts';
import { parseYoloLabels } from '../parse-yolo.ts';
import type { Problem } from '../problem.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { isImageName, listFiles } from './list-files.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { onceEach } from './once-each.ts';
import { readImageSize } from './read-image-size.ts';
import { readText } from './read-text.ts';
import type { YoloLayout } from './yolo-layout.ts';

/**
 * Opens a YOLO folder: the labels of `…/images/…/NAME.jpg` are in `…/labels/…/NAME.txt`. An image without labels holds no
 * object. Sizes are read from the images' headers.
 */
export function openYolo(
  root: string,
  { classes: named, splits, problems: layoutProblems }: YoloLayout,
  { classes = named }: { classes?: readonly string[] | undefined } = {},
): DatasetSource {
  const namesIn = onceEach(async (folder) => new Set(await listFiles(folder)));
  const read = onceEach(async (split): Promise<Dataset> => {
    const problems: Problem[] = [];
    const files = new Set<string>();
    const places = splits.find((one) => one.split === split)?.images ?? [];
    for (const place of places) {
      const { found, stray } = await imagesOf(place, namesIn);
      found.forEach((file) => files.add(file));
      problems.push(...stray);
    }
    const read = await mapConcurrent([...files], 8, (file) => readExample(file, classes, namesIn));
    const examples = read.map(({ example }) => example).filter((example) => example !== undefined);
    problems.push(...read.flatMap((one) => one.problems));
    if (files.size === 0 && places.length > 0) {
      problems.push({ file: places[0], reason: 'empty split, it has no image', drops: 'nothing' });
    }
    return { format: 'yolo', root, split, classes, examples, problems: [...layoutProblems, ...problems] };
  });
  return {
    format: 'yolo',
    splits: splits.map(({ split }) => split),
    read,
    readEverything: async () => {
      const datasets = [];
      for (const { split } of splits) {
        datasets.push(await read(split));
      }
      const examples = datasets.flatMap((dataset) => dataset.examples);
      return { examples, images: examples.map(({ file }) => file), problems: uniqueProblems(datasets.flatMap(({ problems }) => problems)) };
    },
  };
}

/** The names in a folder. */
type NamesIn = (folder: string) => Promise<ReadonlySet<string>>;

async function readExample(file: string, classes: readonly string[], namesIn: NamesIn): Promise<{ example?: Example; problems: Problem[] }> {
  const size = await readImageSize(file);
  if ('reason' in size) {
    return { problems: [{ file, reason: size.reason, drops: 'example' }] };
  }
  const labels = labelsOf(file);
  const text = (await namesIn(dirname(labels))).has(basename(labels)) ? await readText(labels) : '';
  if (typeof text !== 'string') {
    return { problems: [text] };
  }
  const { groundTruth, problems } = parseYoloLabels(text, { file: labels, classes, ...size });
  return { example: { id: parse(file).name, file, ...size, groundTruth }, problems };
}

/** `…/images/…/NAME.jpg` to `…/labels/…/NAME.txt`, the last folder of that name; beside the image where there is none. */
function labelsOf(file: string): string {
  const parts = dirname(file).split(sep);
  const at = parts.lastIndexOf('images');
  const folder = at < 0 ? parts : [...parts.slice(0, at), 'labels', ...parts.slice(at + 1)];
  return join(folder.join(sep), `${parse(file).name}.txt`);
}

/** The images in a folder, or in a list; and what is left over: labels without an image, lines without a file. */
async function imagesOf(place: string, namesIn: NamesIn): Promise<{ found: string[]; stray: Problem[] }> {
  const stray: Problem[] = [];
  if (place.endsWith('.txt')) {
    const found: string[] = [];
    const text = await readText(place);
    if (typeof text !== 'string') {
      return { found, stray: [text] };
    }
    for (const [index, row] of text.split('\n').entries()) {
      const written = row.trim();
      const path = written.replaceAll('\\', '/'); // as Windows writes it
      const file = isAbsolute(path) ? path : join(dirname(place), path);
      if (written !== '' && (await namesIn(dirname(file))).has(basename(file))) {
        found.push(file);
      } else if (written !== '') {
        stray.push({ file: place, line: index + 1, reason: `missing image ${written}`, drops: 'example' });
      }
    }
    return { found, stray };
  }
  const found = (await listFiles(place)).filter(isImageName).map((name) => join(place, name));
  const names = new Set(found.map((file) => parse(file).name));
  const folder = dirname(labelsOf(join(place, 'x')));
  for (const name of await listFiles(folder)) {
    if (name.endsWith('.txt') && name !== 'classes.txt' && !names.has(parse(name).name)) {
      stray.push({ file: join(folder, name), reason: `missing image of the labels, ${join(place, parse(name).name)}.*`, drops: 'example' });
    }
  }
  return { found, stray };
}
