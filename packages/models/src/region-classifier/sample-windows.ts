import { concatBoxes, matchBoxes, takeBoxes, type Boxes, type Rng } from '@rcnn/geometry';
import type { Objects } from '../objects.ts';
import type { FinetuningConfig } from './config.ts';

/** Regions to fine-tune on, image by image. */
export interface SampledWindows {
  /** Of each image, the regions drawn from it, … */
  readonly boxes: readonly Boxes[];
  /** … and which they are: first the objects are counted, then the proposals. */
  readonly indices: readonly Uint32Array[];
  /** Their classes, 0 for background, in the order of the images. */
  readonly labels: Int32Array;
}

/**
 * A batch for fine-tuning (R-CNN, §2.3): so many windows of objects and of background drawn with replacement from all the
 * images' proposals and ground truth together, so that an image without an object gives background only. Where there
 * is none of a kind, the batch is shorter.
 */
export function sampleWindows(objects: readonly Objects[], rng: Rng, { foreground, background: [low, high], positives, negatives }: FinetuningConfig): SampledWindows {
  const candidates = objects.map(({ boxes, proposals }) => concatBoxes(proposals === undefined ? [boxes] : [boxes, proposals]));
  const found: { image: number; index: number; label: number }[] = [];
  const background: { image: number; index: number; label: number }[] = [];
  objects.forEach(({ boxes, labels }, image) => {
    const matches = matchBoxes(boxes, candidates[image], { foreground, background: high });
    matches.positives.forEach((index, i) => found.push({ image, index, label: labels[matches.groundTruth[i]] }));
    const tooFar = low > 0 ? new Set(matchBoxes(boxes, candidates[image], { foreground, background: low }).negatives) : undefined;
    for (const index of matches.negatives) if (tooFar?.has(index) !== true) background.push({ image, index, label: 0 });
  });
  const draw = <T>(from: readonly T[], count: number): T[] => (from.length === 0 ? [] : Array.from({ length: count }, () => from[rng.integer(from.length)]));
  const drawn = [...draw(found, positives * objects.length), ...draw(background, negatives * objects.length)];
  const perImage = objects.map((_, image) => drawn.filter((window) => window.image === image));
  const indices = perImage.map((windows) => Uint32Array.from(windows, ({ index }) => index));
  return {
    boxes: indices.map((own, image) => takeBoxes(candidates[image], own)),
    indices,
    labels: Int32Array.from(perImage.flat(), ({ label }) => label),
  };
}
