import type { Dataset, Example } from '@rcnn/datasets';
import { readExampleImage } from '@rcnn/datasets/node';
import { concatBoxes, takeBoxes, type Boxes } from '@rcnn/geometry';
import { limitRegions, type RegionDetector } from '@rcnn/models';

/** An image and the regions of it that have features: the objects first, then the proposals. */
export interface PlannedImage {
  readonly example: Example;
  readonly boxes: Boxes; // [N + P, 4]
  /** Classes of the N objects. */
  readonly labels: Int32Array; // [N]
}

/** What {@link planRegions} needs to know. */
export interface PlanOptions {
  /** The proposals of each image, by its file. */
  readonly proposals: ReadonlyMap<string, Boxes>;
  /** In training the objects are regions too, and the limits may be others. */
  readonly use: 'train' | 'test';
  /** Told of an image that has no proposals because it cannot be decoded, or is of another size than annotated; may throw. */
  readonly onDamaged: (error: Error) => void;
}

/**
 * The regions of a dataset's images, in its order. Crowds are no single object: they are left out.
 * @throws Error if no image at all can be decoded
 */
export async function planRegions(dataset: Pick<Dataset, 'root' | 'split' | 'examples'>, { regions }: Pick<RegionDetector['config'], 'regions'>, { proposals, use, onDamaged }: PlanOptions): Promise<PlannedImage[]> {
  const planned: PlannedImage[] = [];
  for (const example of dataset.examples) {
    const found = proposals.get(example.file);
    if (found === undefined) {
      // Read once more, to hear what is wrong with it.
      onDamaged(await readExampleImage(example).then(() => new Error(`${example.file}: has no proposals`), (error: Error) => error));
      continue;
    }
    const limited = limitRegions(found, regions, use);
    const { boxes, labels, crowd } = example.groundTruth;
    const single = use === 'test' ? [] : [...labels.keys()].filter((i) => crowd[i] === 0);
    planned.push({ example, boxes: concatBoxes([takeBoxes(boxes, single), limited]), labels: Int32Array.from(single, (i) => labels[i]) });
  }
  if (planned.length === 0 && dataset.examples.length > 0) throw new Error(`${dataset.root}: no image of ${dataset.split} can be decoded`);
  return planned;
}
