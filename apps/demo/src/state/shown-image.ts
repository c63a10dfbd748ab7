import { signal } from '@preact/signals';
import type { RgbImage, Size } from '@rcnn/geometry';

/** The image that both views are about. */
export interface ShownImage {
  readonly name: string;
  readonly image: RgbImage;
  /** The size of the file's own image, where `image` is a smaller copy. */
  readonly original: Size;
  /** Milliseconds that decoding took, the way to the worker and back included. */
  readonly decodeMs: number;
}

/** What is shown; undefined until the first image is there. */
export const shownImage = signal<ShownImage | undefined>(undefined);
