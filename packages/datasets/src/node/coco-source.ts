import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Dataset, Example } from '../dataset.ts';
import { parseCoco } from '../parse-coco.ts';
import type { Problem } from '../problem.ts';
import type { CocoLayout } from './coco-layout.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { listFiles } from './list-files.ts';

/** Opens a COCO folder. The classes are those given, or the categories of each file in ascending order of id. */
export function openCoco(
  root: string,
  layouts: readonly CocoLayout[],
  { classes, checkMasks = false }: { classes?: readonly string[] | undefined; checkMasks?: boolean },
): DatasetSource {
  const listed = new Map<string, Promise<string[]>>();
  const exists = async (file: string): Promise<boolean> => {
    const folder = dirname(file);
    const names = listed.get(folder) ?? listFiles(folder);
    listed.set(folder, names);
    return (await names).includes(basename(file));
  };
  const readSplit = async (split: string): Promise<Dataset> => {
    const layout = layouts.find((candidate) => candidate.split === split);
    if (!layout) {
      throw new Error(`${root}: no split "${split}"`);
    }
    const { file, imageFolders } = layout;
    const parsed = parseCoco(await readFile(file, 'utf8'), { file, checkMasks, ...(classes && { classes }) });
    const problems: Problem[] = [...parsed.problems];
    const examples: Example[] = [];
    for (const { image, groundTruth } of parsed.images) {
      let found: string | undefined;
      for (const folder of imageFolders) {
        found ??= (await exists(join(folder, image.file_name))) ? join(folder, image.file_name) : undefined;
      }
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
  };
  const known = new Map<string, Promise<Dataset>>();
  const read = (split: string): Promise<Dataset> => {
    const dataset = known.get(split) ?? readSplit(split);
    known.set(split, dataset);
    return dataset;
  };
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
