/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An image as RGB bytes, row-major: `data.length === 3 * width * height`. */
export interface RgbImage extends Size {
  readonly data: Uint8Array;
}
