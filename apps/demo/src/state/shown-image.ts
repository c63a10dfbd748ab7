import { signal } from '@preact/signals';
import { generateShapes } from '@rcnn/datasets';
import { createRng, type RgbImage, type Size } from '@rcnn/geometry';
import { sampleShapes } from '../samples/sample-shapes.ts';

/** The image that both views are about. */
export interface ShownImage {
  readonly name: string;
  readonly image: RgbImage;
  /** The size of the file's own image, where `image` is a smaller copy. */
  readonly original: Size;
}

/** The sample that the page opens with. */
export function sampleImage(seed: number): ShownImage {
  const { image } = generateShapes(createRng(seed), sampleShapes);
  return { name: `shapes-${seed}.png`, image, original: { width: image.width, height: image.height } };
}

/** What is shown. */
export const shownImage = signal<ShownImage>(sampleImage(7));
