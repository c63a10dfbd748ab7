import type { CocoCurves } from '../coco-curves.ts';
import { curveMeans } from '../curve-means.ts';

/** The 10 figures of the COCO keypoint challenge, each 0 … 1, or NaN where there is nothing to find (the COCO API prints −1). */
export interface CocoKeypointFigures {
  /** Average precision, mean over the thresholds of similarity and the classes. */
  readonly AP: number;
  /** AP at a similarity of .5. */
  readonly AP50: number;
  /** AP at a similarity of .75. */
  readonly AP75: number;
  /** AP of medium objects. */
  readonly APm: number;
  /** AP of large objects. */
  readonly APl: number;
  /** Average recall given 20 detections an image and class. */
  readonly AR: number;
  /** AR at a similarity of .5. */
  readonly AR50: number;
  /** AR at a similarity of .75. */
  readonly AR75: number;
  /** AR of medium objects. */
  readonly ARm: number;
  /** AR of large objects. */
  readonly ARl: number;
}

/** The figures' names in the order of the COCO API's `stats` for keypoints. */
export const cocoKeypointFigureNames = [
  ...(['AP', 'AP50', 'AP75', 'APm', 'APl'] as const),
  ...(['AR', 'AR50', 'AR75', 'ARm', 'ARl'] as const),
] as const satisfies readonly (keyof CocoKeypointFigures)[];

/** The 10 figures from the curves: means of their defined entries over some classes. */
export function cocoKeypointFigures(curves: CocoCurves, labels: readonly number[] = curves.labels): CocoKeypointFigures {
  const { precision, recall } = curveMeans(curves, labels);
  return {
    AP: precision(),
    AP50: precision({ iouThreshold: 0.5 }),
    AP75: precision({ iouThreshold: 0.75 }),
    APm: precision({ areaRange: 'medium' }),
    APl: precision({ areaRange: 'large' }),
    AR: recall(),
    AR50: recall({ iouThreshold: 0.5 }),
    AR75: recall({ iouThreshold: 0.75 }),
    ARm: recall({ areaRange: 'medium' }),
    ARl: recall({ areaRange: 'large' }),
  };
}
