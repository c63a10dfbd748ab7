import type { RgbImage } from '@rcnn/geometry';

/** What the page sends to the worker. */
export type Request =
  | { readonly kind: 'run'; readonly id: number; readonly task: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** An image, once; later inputs refer to it. */
  | { readonly kind: 'hold'; readonly image: number; readonly value: RgbImage }
  | { readonly kind: 'release'; readonly image: number };

/** What the worker answers. */
export type Response =
  /** A request's turn has come. */
  | { readonly kind: 'started'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number; readonly label: string | undefined }
  /** With `shared`, an image of the result that the worker holds under the request's number, as if it had been sent. */
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown; readonly shared?: RgbImage }
  | { readonly kind: 'failed'; readonly id: number; readonly name: string; readonly message: string };

/** In an input's place of an image that the worker holds. */
export interface HeldImage {
  readonly heldImage: number;
}
