import type { CocoCurves } from './coco-curves.ts';
import { curveMeans } from './curve-means.ts';

/** The 12 figures of the COCO challenge, each 0 … 1, or NaN where there is nothing to find (the COCO API prints −1). */
export interface CocoFigures {
  /** Average precision, mean over the IoU thresholds and classes. */
  readonly AP: number;
  /** AP at IoU .5. */
  readonly AP50: number;
  /** AP at IoU .75. */
  readonly AP75: number;
  /** AP of small objects. */
  readonly APs: number;
  /** AP of medium objects. */
  readonly APm: number;
  /** AP of large objects. */
  readonly APl: number;
  /** Average recall given 1 detection an image and class. */
  readonly AR1: number;
  /** Average recall given 10 detections an image and class. */
  readonly AR10: number;
  /** Average recall given 100 detections an image and class. */
  readonly AR100: number;
  /** AR of small objects. */
  readonly ARs: number;
  /** AR of medium objects. */
  readonly ARm: number;
  /** AR of large objects. */
  readonly ARl: number;
}

/** The figures' names in the order of the COCO API's `stats`. */
export const cocoFigureNames = [
  ...(['AP', 'AP50', 'AP75', 'APs', 'APm', 'APl'] as const),
  ...(['AR1', 'AR10', 'AR100', 'ARs', 'ARm', 'ARl'] as const),
] as const satisfies readonly (keyof CocoFigures)[];

/**
 * The 12 figures from the curves: means of their defined entries. AP, and AR by area, go by the highest number of
 * detections in `curves.maxDetections`; a figure whose threshold, range or number the curves lack is NaN.
 * @param labels the classes to take the mean over
 */
export function cocoFigures(curves: CocoCurves, labels: readonly number[] = curves.labels): CocoFigures {
  const { precision, recall } = curveMeans(curves, labels);
  return {
    AP: precision(),
    AP50: precision({ iouThreshold: 0.5 }),
    AP75: precision({ iouThreshold: 0.75 }),
    APs: precision({ areaRange: 'small' }),
    APm: precision({ areaRange: 'medium' }),
    APl: precision({ areaRange: 'large' }),
    AR1: recall({ maxDetections: 1 }),
    AR10: recall({ maxDetections: 10 }),
    AR100: recall({ maxDetections: 100 }),
    ARs: recall({ areaRange: 'small' }),
    ARm: recall({ areaRange: 'medium' }),
    ARl: recall({ areaRange: 'large' }),
  };
}
