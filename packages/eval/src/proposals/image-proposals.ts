/** Where a method proposes to look in one image. */
export interface ImageProposals {
  /** The image's name in the ground truth. An image of the ground truth without an entry here has no proposals. */
  readonly image: string | number;
  /** N boxes as 4N numbers `[x1, y1, x2, y2]`, continuous image pixels; best first unless there are `scores`. */
  readonly boxes: ArrayLike<number>;
  /** N scores, by which to order; equal scores keep the order given. The order given where absent. */
  readonly scores?: ArrayLike<number>;
}
