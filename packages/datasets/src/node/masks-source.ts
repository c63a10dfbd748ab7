import { rleArea, rleBox, rleFromMask, rlesFromLabels, rleToString, type Rle } from '@rcnn/geometry';
import type { Dataset, Example } from '../dataset.ts';
import { groundTruthOf, type LabelledObject } from '../ground-truth.ts';
import type { Problem } from '../problem.ts';
import { uniqueProblems, type DatasetSource } from './dataset-source.ts';
import { sizeFault } from './decode-image.ts';
import { decodeLabels, type LabelImage } from './decode-labels.ts';
import { mapConcurrent } from './map-concurrent.ts';
import type { MaskedImage } from './masks-layout.ts';
import { onceEach } from './once-each.ts';
import { readClasses } from './read-classes.ts';
import { readImageSize } from './read-image-size.ts';

/**
 * Opens a folder of images and masks ({@link findMaskedImages}). Boxes are those around the masks, so every mask is read; the
 * one class is that given, that of `classes.txt`, or `object`.
 */
export async function openMasks(
  root: string,
  images: ReadonlyMap<string, readonly MaskedImage[]>,
  { classes }: { classes?: readonly string[] | undefined },
): Promise<DatasetSource> {
  const names = classes ?? (await readClasses(root)) ?? ['object'];
  if (names.length !== 1) {
    throw new Error(`${root}: masks alone do not tell classes apart: expected one class, got ${names.join(', ')}`);
  }
  const read = onceEach(async (split): Promise<Dataset> => {
    const made = await mapConcurrent(images.get(split) ?? [], 4, readExample);
    const examples = made.map(({ example }) => example).filter((example) => example !== undefined);
    return { format: 'masks', root, split, classes: names, examples, problems: made.flatMap(({ problems }) => problems) };
  });
  return {
    format: 'masks',
    splits: [...images.keys()],
    read,
    readEverything: async () => {
      const datasets = [];
      for (const split of images.keys()) {
        datasets.push(await read(split));
      }
      const files = [...images.values()].flat().map(({ file }) => file);
      const problems = uniqueProblems(datasets.flatMap((dataset) => dataset.problems));
      return { examples: datasets.flatMap(({ examples }) => examples), images: files.filter((file) => file !== undefined), problems };
    },
  };
}

async function readExample({ id, file, masks, place }: MaskedImage): Promise<{ example?: Example; problems: Problem[] }> {
  const refuse = (at: string, reason: string): { problems: Problem[] } => ({ problems: [{ file: at, reason, drops: 'example' }] });
  if (file === undefined) {
    return refuse(place, 'missing image of the masks');
  }
  if (!masks) {
    return refuse(place, 'missing masks of the image');
  }
  const size = await readImageSize(file);
  if ('reason' in size) {
    return refuse(file, size.reason);
  }
  const problems: Problem[] = [];
  const objects: LabelledObject[] = [];
  for (const source of 'numbers' in masks ? [masks.numbers] : masks.objects) {
    try {
      const image = await decodeLabels(source);
      const fault = sizeFault(size, image);
      if (fault !== undefined) {
        return refuse(source, `the mask is ${image.width}×${image.height}, its image ${size.width}×${size.height}`);
      }
      const found =
        'numbers' in masks
          ? [...rlesFromLabels(image.labels, size.height, size.width).values()]
          : [rleFromMask(asMask(image), size.height, size.width)];
      if ('objects' in masks && rleArea(found[0]) === 0) {
        problems.push({ file: source, reason: 'empty mask, no pixel is set', drops: 'object' });
      } else {
        objects.push(...found.map(objectOf));
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ file: source, reason: message.replace(`${source}: `, ''), drops: 'example' });
    }
  }
  if (problems.some(({ drops }) => drops === 'example')) {
    return { problems };
  }
  return { example: { id, file, ...size, groundTruth: groundTruthOf(objects) }, problems };
}

/** Whatever is not 0, as bytes: those of most files are. */
function asMask({ labels }: LabelImage): Uint8Array {
  if (labels instanceof Uint8Array) {
    return labels;
  }
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < mask.length; i++) {
    mask[i] = labels[i] === 0 ? 0 : 1;
  }
  return mask;
}

function objectOf(rle: Rle): LabelledObject {
  const segmentation = { size: [rle.height, rle.width], counts: rleToString(rle) } as const;
  return { box: rleBox(rle), label: 1, area: rleArea(rle), segmentation };
}
