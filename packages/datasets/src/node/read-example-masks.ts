import { rlesFromLabels, type Rle } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';
import { masksOf } from '../masks-of.ts';
import { sizeFault } from './decode-image.ts';
import { decodeLabels } from './decode-labels.ts';

/**
 * The masks of an example's objects, in the order of its boxes; undefined for an object that has none. They are made, and a
 * file that holds them is read, at each call: who wants boxes alone pays nothing for them.
 * @throws Error naming the file and the object, if an outline, run lengths or the file are malformed or of another size
 */
export async function readExampleMasks(
  example: Pick<Example, 'file' | 'width' | 'height' | 'groundTruth' | 'instances'>,
): Promise<(Rle | undefined)[]> {
  const { file, width, height, groundTruth, instances } = example;
  if (!instances) {
    try {
      return masksOf(groundTruth, { width, height });
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`);
    }
  }
  const image = await decodeLabels(instances.file);
  const reason = sizeFault(image, { width, height });
  if (reason !== undefined) {
    throw new Error(`${instances.file}: ${reason}`);
  }
  const masks = rlesFromLabels(image.labels, height, width);
  return Array.from(instances.values, (value) => masks.get(value));
}
