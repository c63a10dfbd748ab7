/** Boxes `from` … `to` − 1, all on one image. */
export interface ImageRun {
  readonly image: number;
  readonly from: number;
  readonly to: number;
}

/** The boxes cut into runs on one image of at most `longest` boxes each, in order. */
export function imageRuns(images: Int32Array, longest: number): ImageRun[] {
  const runs: ImageRun[] = [];
  for (let from = 0; from < images.length; ) {
    let to = from + 1;
    while (to < images.length && images[to] === images[from] && to - from < longest) {
      to++;
    }
    runs.push({ image: images[from], from, to });
    from = to;
  }
  return runs;
}
