import type { Dataset, Example } from '@rcnn/datasets';
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
  /** Told of an image that has no proposals because it cannot be decoded; may throw. */
  readonly onDamaged: (error: Error) => void;
}

/** The regions of a dataset's images, in its order. Crowds are no single object: they are left out. */
export function planRegions(dataset: Pick<Dataset, 'examples'>, { regions }: Pick<RegionDetector['config'], 'regions'>, { proposals, use, onDamaged }: PlanOptions): PlannedImage[] {
  return dataset.examples.flatMap((example): PlannedImage[] => {
    const found = proposals.get(example.file);
    if (found === undefined) {
      onDamaged(new Error(`${example.file}: cannot be decoded`));
      return [];
    }
    const limited = limitRegions(found, regions, use);
    if (use === 'test') return [{ example, boxes: limited, labels: new Int32Array(0) }];
    const { boxes, labels, crowd } = example.groundTruth;
    const single = [...labels.keys()].filter((i) => crowd[i] === 0);
    return [{ example, boxes: concatBoxes([takeBoxes(boxes, single), limited]), labels: Int32Array.from(single, (i) => labels[i]) }];
  });
}
