import { basename, dirname, join } from 'node:path';
import type { Dataset, Example } from '../dataset.ts';
import { parseCoco } from '../parse-coco.ts';
import type { Problem } from '../problem.ts';
import type { CocoLayout } from './coco-layout.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { listFiles } from './list-files.ts';
import { onceEach } from './once-each.ts';
import { readText } from './read-text.ts';

/** Opens a COCO folder. The classes are those given, or the categories of each file in ascending order of id. */
export function openCoco(
  root: string,
  layouts: readonly CocoLayout[],
  { classes, checkMasks = false }: { classes?: readonly string[] | undefined; checkMasks?: boolean },
): DatasetSource {
  const listed = onceEach(async (folder) => new Set(await listFiles(folder)));
  const find = async (folders: readonly string[], name: string): Promise<string | undefined> => {
    for (const folder of folders) {
      const file = join(folder, name);
      if ((await listed(dirname(file))).has(basename(file))) return file;
    }
    return undefined;
  };
  const read = onceEach(async (split): Promise<Dataset> => {
    const layout = layouts.find((candidate) => candidate.split === split);
    if (!layout) {
      throw new Error(`${root}: no split "${split}"`);
    }
    const { file, imageFolders } = layout;
    const text = await readText(file);
    if (typeof text !== 'string') {
      return { format: 'coco', root, split, classes: classes ?? [], examples: [], problems: [text] };
    }
    const parsed = parseCoco(text, { file, checkMasks, ...(classes && { classes }) });
    const problems: Problem[] = [...parsed.problems];
    const examples: Example[] = [];
    for (const { image, groundTruth } of parsed.images) {
      const found = (await find(imageFolders, image.file_name)) ?? (await find(imageFolders, image.file_name.replaceAll('\\', '/'))); // as Windows writes it
      if (found === undefined) {
        problems.push({ file, reason: `image ${image.id}: missing image ${image.file_name}`, drops: 'example' });
      } else {
        const { id, width, height } = image;
        examples.push({ id: String(id), imageId: id, file: found, width, height, groundTruth });
      }
    }
    if (parsed.images.length === 0 && problems.length === 0) {
      problems.push({ file, reason: 'empty split, no image is listed', drops: 'nothing' });
    }
    const { classes: names, categoryIds, keypointNames, skeleton } = parsed;
    return {
      ...{ format: 'coco', root, split, classes: names, categoryIds, examples, problems },
      ...(keypointNames && { keypointNames }),
      ...(skeleton && { skeleton }),
    };
  });
  const splits = layouts.map(({ split }) => split);
  return {
    format: 'coco',
    splits,
    read,
    readEverything: async () => {
      const datasets: Dataset[] = [];
      for (const split of splits) {
        datasets.push(await read(split));
      }
      const problems = datasets.flatMap((dataset) => dataset.problems);
      const [first] = datasets;
      for (const [i, { classes: other, split }] of datasets.entries()) {
        if (other.length > 0 && first.classes.length > 0 && other.join('\n') !== first.classes.join('\n')) {
          const reason = `its categories differ from those of ${first.split}: ${other.length} and ${first.classes.length}, or in another order`;
          problems.push({ file: layouts[i].file, reason: `${split}: ${reason}`, drops: 'nothing' });
        }
      }
      const examples = datasets.flatMap((dataset) => dataset.examples);
      return { examples, images: examples.map((example) => example.file), problems: uniqueProblems(problems) };
    },
  };
}
