import { join, parse } from 'node:path';
import type { Example, InstanceImage } from '../dataset.ts';
import { parseVocAnnotation, type ParsedVoc, type VocCoordinates } from '../parse-voc.ts';
import type { Problem } from '../problem.ts';
import { inferVocClasses } from '../voc-classes.ts';
import { vocExample } from '../voc-example.ts';
import type { ImageSetEntry } from '../voc-image-set.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { isImageName, listFiles } from './list-files.ts';
import { readClasses } from './read-classes.ts';
import { readText } from './read-text.ts';
import { readImageSet, readImageSetNames } from './voc-image-sets.ts';
import type { VocLayout } from './voc-layout.ts';

/**
 * Opens a Pascal VOC folder. The classes are those given, or those of its `classes.txt`, or else what all its annotations
 * together suggest ({@link inferVocClasses}), so that every split has the same labels. Without `ImageSets/Main` there is one split, `all`.
 */
export async function openVoc(
  root: string,
  layout: VocLayout,
  { classes, coordinates = 'as-written' }: { classes?: readonly string[] | undefined; coordinates?: VocCoordinates | undefined },
): Promise<DatasetSource> {
  const annotationNames = (await listFiles(layout.annotations)).filter((name) => name.toLowerCase().endsWith('.xml'));
  const imageNames = (await listFiles(layout.images)).filter(isImageName);
  const imageSet: ReadonlySet<string> = new Set(imageNames);
  const images = new Map<string, string>();
  const duplicates: Problem[] = [];
  for (const name of imageNames) {
    const first = images.get(parse(name).name);
    if (first === undefined) {
      images.set(parse(name).name, name);
    } else {
      duplicates.push({ file: join(layout.images, name), reason: `duplicate id, ${first} has it too`, drops: 'nothing' });
    }
  }
  const annotations = new Map(annotationNames.map((name) => [parse(name).name, join(layout.annotations, name)]));
  const [objectMasks, classMasks] = await Promise.all(
    [layout.segmentation.objects, layout.segmentation.classes].map(async (folder) => {
      const names = (await listFiles(folder)).filter((name) => name.toLowerCase().endsWith('.png'));
      return new Map(names.map((name) => [parse(name).name, join(folder, name)]));
    }),
  );
  const instancesOf = (id: string): Omit<InstanceImage, 'values'> | undefined => {
    const [file, classFile] = [objectMasks.get(id), classMasks.get(id)];
    return file === undefined ? undefined : { file, ...(classFile !== undefined && { classFile }) };
  };
  const sets = await readImageSetNames(root);
  const splits = sets.length > 0 ? sets : ['all'];

  const parsed = new Map<string, ParsedVoc>();
  const parseAnnotation = async (id: string, file: string): Promise<ParsedVoc> => {
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const text = await readText(file);
    const read = typeof text === 'string' ? parseVocAnnotation(text, { file, coordinates }) : { problems: [text] };
    parsed.set(id, read);
    return read;
  };
  const everyId = [...new Set([...annotations.keys(), ...images.keys()])].sort();
  let stated = classes ?? (await readClasses(root));
  const findClasses = async (): Promise<readonly string[]> => {
    if (stated === undefined) {
      const all = [];
      for (const [id, file] of annotations) {
        all.push((await parseAnnotation(id, file)).annotation);
      }
      stated = inferVocClasses(all.filter((annotation) => annotation !== undefined));
    }
    return stated;
  };

  const readEntries = async (
    entries: readonly (ImageSetEntry | { id: string; line?: undefined })[],
    setFile?: string,
  ): Promise<{ examples: Example[]; problems: Problem[]; classes: readonly string[] }> => {
    const names = await findClasses();
    const examples: Example[] = [];
    const problems: Problem[] = [];
    const report = (file: string, reason: string, line?: number): void => {
      problems.push({ file, ...(line !== undefined && { line }), reason, drops: 'example' });
    };
    for (const { id, line } of entries) {
      const annotationFile = annotations.get(id);
      const imageName = images.get(id);
      if (annotationFile === undefined && imageName === undefined) {
        report(setFile ?? root, `"${id}" has neither an annotation nor an image`, line);
        continue;
      }
      if (annotationFile === undefined) {
        report(join(layout.annotations, `${id}.xml`), `missing annotation of the image ${imageName}`);
        continue;
      }
      const { annotation, problems: found } = await parseAnnotation(id, annotationFile);
      problems.push(...found);
      const image = imageName ?? (imageSet.has(annotation?.filename ?? '') ? annotation?.filename : undefined);
      if (image === undefined) {
        report(join(layout.images, annotation?.filename ?? `${id}.jpg`), `missing image of the annotation ${id}.xml`);
      }
      if (annotation && image !== undefined) {
        const place = { id, file: join(layout.images, image), annotationFile, instances: instancesOf(id) };
        const made = vocExample(annotation, { ...place, classes: names });
        problems.push(...made.problems);
        examples.push(made.example);
      }
    }
    return { examples, problems, classes: names };
  };
  const readSplit = async (split: string): ReturnType<typeof readEntries> => {
    if (sets.length === 0) {
      const everything = await readEntries(everyId.map((id) => ({ id })));
      return { ...everything, problems: [...duplicates, ...everything.problems] };
    }
    const { file, entries, problems } = await readImageSet(root, split, (id) => annotations.has(id) || images.has(id));
    const read = await readEntries(entries, file);
    return { ...read, problems: [...problems, ...read.problems] };
  };

  return {
    format: 'voc',
    splits,
    read: async (split) => ({ format: 'voc', root, split, ...(await readSplit(split)) }),
    readEverything: async () => {
      const perSplit = [];
      for (const split of sets) {
        perSplit.push((await readSplit(split)).problems);
      }
      const everything = await readEntries(everyId.map((id) => ({ id })));
      return {
        examples: everything.examples,
        images: imageNames.map((name) => join(layout.images, name)),
        problems: uniqueProblems([...duplicates, ...perSplit.flat(), ...everything.problems]),
      };
    },
  };
}
