import { basename, join, parse } from 'node:path';
import { checkBox } from '../check-box.ts';
import type { Dataset, Example } from '../dataset.ts';
import { groundTruthOf, type LabelledObject } from '../ground-truth.ts';
import { parseLabelMe, type LabelMeAnnotation } from '../parse-labelme.ts';
import type { Problem } from '../problem.ts';
import { compareSplits } from './compare-splits.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { isImageName, listFiles } from './list-files.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { onceEach } from './once-each.ts';
import { readClasses } from './read-classes.ts';
import { readImageSize } from './read-image-size.ts';
import { readText } from './read-text.ts';

/** The folders of a LabelMe dataset by split: one a split, or the root itself as `all`; none if it is none. */
export async function findLabelMeFolders(root: string): Promise<Map<string, string>> {
  const holdsLabelMe = async (folder: string): Promise<boolean> => {
    const json = (await listFiles(folder)).find((name) => name.toLowerCase().endsWith('.json'));
    const text = json === undefined ? undefined : await readText(join(folder, json));
    return typeof text === 'string' && /"shapes"\s*:/.test(text);
  };
  if (await holdsLabelMe(root)) {
    return new Map([['all', root]]);
  }
  const folders = [];
  for (const name of await listFiles(root)) {
    if (await holdsLabelMe(join(root, name))) {
      folders.push(name);
    }
  }
  return new Map(folders.sort(compareSplits).map((name) => [name, join(root, name)]));
}

/**
 * Opens a LabelMe folder: a JSON file beside each image that has objects. The classes are those given, or those of its
 * `classes.txt`, or else all labels in it in alphabetical order.
 */
export async function openLabelMe(
  root: string,
  folders: ReadonlyMap<string, string>,
  { classes }: { classes?: readonly string[] | undefined },
): Promise<DatasetSource> {
  const parsed = new Map<string, { file: string; annotation?: LabelMeAnnotation; problems: Problem[] }[]>();
  for (const [split, folder] of folders) {
    const names = (await listFiles(folder)).filter((name) => name.toLowerCase().endsWith('.json'));
    const files = names.map((name) => join(folder, name));
    parsed.set(split, await mapConcurrent(files, 8, async (file) => {
      const text = await readText(file);
      return { file, ...(typeof text === 'string' ? parseLabelMe(text, { file }) : { problems: [text] }) };
    }));
  }
  const found = [...parsed.values()].flat().flatMap(({ annotation }) => annotation?.objects.map(({ name }) => name) ?? []);
  const names = classes ?? (await readClasses(root)) ?? [...new Set(found)].sort();
  const read = onceEach(async (split): Promise<Dataset> => {
    const folder = folders.get(split) ?? root;
    const images = new Set((await listFiles(folder)).filter(isImageName));
    const made = await mapConcurrent(parsed.get(split) ?? [], 8, async ({ file, annotation, problems }) => {
      const image = annotation && imageOf(annotation, { file, images });
      if (!annotation || image === undefined) {
        const missing: Problem[] = annotation ? [{ file, reason: `missing image ${annotation.imagePath}`, drops: 'example' }] : [];
        return { problems: [...problems, ...missing] };
      }
      const example = await exampleOf(annotation, { file, image: join(folder, image), classes: names });
      return { ...example, problems: [...problems, ...example.problems] };
    });
    const examples = made.map((one) => ('example' in one ? one.example : undefined)).filter((example) => example !== undefined);
    return { format: 'labelme', root, split, classes: names, examples, problems: made.flatMap(({ problems }) => problems) };
  });
  return {
    format: 'labelme',
    splits: [...folders.keys()],
    read,
    readEverything: async () => {
      const datasets = [];
      const images: string[] = [];
      for (const [split, folder] of folders) {
        datasets.push(await read(split));
        images.push(...(await listFiles(folder)).filter(isImageName).map((name) => join(folder, name)));
      }
      const problems = uniqueProblems(datasets.flatMap((dataset) => dataset.problems));
      return { examples: datasets.flatMap(({ examples }) => examples), images, problems };
    },
  };
}

/** The image as the file names it, or, as files are moved about, that of the file's own name. */
function imageOf({ imagePath }: LabelMeAnnotation, { file, images }: { file: string; images: ReadonlySet<string> }): string | undefined {
  return images.has(basename(imagePath)) ? basename(imagePath) : [...images].find((name) => parse(name).name === parse(file).name);
}

async function exampleOf(
  { width, height, objects }: LabelMeAnnotation,
  { file, image, classes }: { file: string; image: string; classes: readonly string[] },
): Promise<{ example?: Example; problems: Problem[] }> {
  const size = width !== undefined && height !== undefined ? { width, height } : await readImageSize(image);
  if ('reason' in size) {
    return { problems: [{ file: image, reason: size.reason, drops: 'example' }] };
  }
  const problems: Problem[] = [];
  const labelled: LabelledObject[] = [];
  for (const { name, box, polygons, line } of objects) {
    const place = { file, ...(line !== undefined && { line }) };
    const checked = checkBox(box, size);
    const label = classes.indexOf(name) + 1;
    if (label === 0) {
      problems.push({ ...place, reason: `unknown class "${name}"; the classes are ${classes.join(', ')}`, drops: 'object' });
    }
    if (checked.fault) {
      problems.push({ ...place, reason: `${checked.fault.reason} (${name})`, drops: checked.fault.drops });
    }
    if (checked.box && label > 0) {
      labelled.push({ box: checked.box, label, segmentation: polygons });
    }
  }
  return { example: { id: parse(file).name, file: image, ...size, groundTruth: groundTruthOf(labelled) }, problems };
}
