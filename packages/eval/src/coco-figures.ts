import type { CocoCurves } from './coco-curves.ts';

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
  const mostDetections = curves.maxDetections.length - 1;
  const classes = labels.map((label) => curves.labels.indexOf(label));
  const everyThreshold = curves.iouThresholds.map((_, t) => t);
  const mean = (values: Float64Array, points: number, thresholds: readonly number[], range: string, m: number): number => {
    const [K, A, M] = [curves.labels.length, curves.areaRanges.length, curves.maxDetections.length];
    const a = curves.areaRanges.findIndex(({ name }) => name === range);
    let [sum, count] = [0, 0];
    if (a < 0 || m < 0) return NaN;
    for (const t of thresholds) {
      for (const k of classes) {
        for (let r = 0; r < points; r++) {
          const value = values[(((t * points + r) * K + k) * A + a) * M + m];
          if (Number.isNaN(value)) continue;
          sum += value;
          count++;
        }
      }
    }
    return sum / count;
  };
  const precision = (range: string, thresholds: readonly number[] = everyThreshold): number =>
    mean(curves.precision, curves.recallThresholds.length, thresholds, range, mostDetections);
  const recall = (range: string, m = mostDetections): number => mean(curves.recall, 1, everyThreshold, range, m);
  const at = (threshold: number): readonly number[] =>
    everyThreshold.filter((t) => curves.iouThresholds[t] === threshold);
  return {
    AP: precision('all'),
    AP50: precision('all', at(0.5)),
    AP75: precision('all', at(0.75)),
    APs: precision('small'),
    APm: precision('medium'),
    APl: precision('large'),
    AR1: recall('all', curves.maxDetections.indexOf(1)),
    AR10: recall('all', curves.maxDetections.indexOf(10)),
    AR100: recall('all', curves.maxDetections.indexOf(100)),
    ARs: recall('small'),
    ARm: recall('medium'),
    ARl: recall('large'),
  };
}
