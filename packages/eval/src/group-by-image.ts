/** The detections of a class, image by image. */
export interface ImageGroups {
  /** How many detections of the same image score higher. [N] */
  readonly ranks: Int32Array;
  /** Detections image by image, best first: those of image i are `byImage[first[i]]` up to `byImage[first[i + 1] − 1]`. */
  readonly byImage: Int32Array;
  readonly first: Int32Array;
}

/** Groups detections that come in descending order of score by their image's number. */
export function groupByImage(image: Int32Array, imageCount: number): ImageGroups {
  const first = new Int32Array(imageCount + 1);
  for (let d = 0; d < image.length; d++) first[image[d] + 1]++;
  for (let i = 0; i < imageCount; i++) first[i + 1] += first[i];
  const ranks = new Int32Array(image.length);
  const byImage = new Int32Array(image.length);
  const filled = new Int32Array(imageCount);
  for (let d = 0; d < image.length; d++) {
    ranks[d] = filled[image[d]]++;
    byImage[first[image[d]] + ranks[d]] = d;
  }
  return { ranks, byImage, first };
}
