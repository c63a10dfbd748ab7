/** Milliseconds that the papers give for an image with VGG16, part by part; null where they do not say. */
export interface PublishedTimes {
  readonly convolutions: number | null;
  readonly proposals: number | null;
  readonly regions: number | null;
  /** Without and with the proposals. */
  readonly detection: number | null;
  readonly whole: number | null;
  readonly source: string;
}

/** Selective search on a CPU, of Faster R-CNN's Table 5. */
const search = 1510;

/**
 * R-CNN, SPPnet and Fast R-CNN: Table 4 of Fast R-CNN, model L, which leaves the proposals out; they are added as Faster R-CNN
 * timed them. Fast and Faster R-CNN's parts: Table 5 of Faster R-CNN. All on an Nvidia K40, the search on a CPU.
 */
export const published = {
  rcnn: { convolutions: null, proposals: search, regions: null, detection: 47000, whole: 47000 + search, source: 'Fast R-CNN, Table 4' },
  sppnet: { convolutions: null, proposals: search, regions: null, detection: 2300, whole: 2300 + search, source: 'Fast R-CNN, Table 4' },
  fastRcnn: { convolutions: 146, proposals: search, regions: 174, detection: 320, whole: 1830, source: 'Faster R-CNN, Table 5' },
  fasterRcnn: { convolutions: 141, proposals: 10, regions: 47, detection: 188, whole: 198, source: 'Faster R-CNN, Table 5' },
} as const satisfies Readonly<Record<string, PublishedTimes>>;
