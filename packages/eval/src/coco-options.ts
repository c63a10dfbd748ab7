/** Objects of a range of areas, both ends included, pixels². */
export interface AreaRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** How {@link evaluateCoco} measures. */
export interface CocoOptions {
  /** IoU thresholds, ascending, of which the figures are means: .5, .55, …, .95. */
  readonly iouThresholds?: readonly number[];
  /** How many detections an image and class may have, best first, ascending: 1, 10, 100. */
  readonly maxDetections?: readonly number[];
  /** Ranges of the objects' areas: all, small up to 32², medium up to 96², large. */
  readonly areaRanges?: readonly AreaRange[];
}

/** .5, .55, …, .95, with the rounding of the COCO API, so that an IoU on a threshold falls on the same side. */
export const cocoIouThresholds: readonly number[] = Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
);

/** 0, .01, …, 1, with the rounding of the COCO API. */
export const cocoRecallThresholds: readonly number[] = Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/** all, small, medium, large. */
export const cocoAreaRanges: readonly AreaRange[] = [
  { name: 'all', min: 0, max: 1e10 },
  { name: 'small', min: 0, max: 32 ** 2 },
  { name: 'medium', min: 32 ** 2, max: 96 ** 2 },
  { name: 'large', min: 96 ** 2, max: 1e10 },
];
