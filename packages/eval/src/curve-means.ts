import type { CocoCurves } from './coco-curves.ts';

/** Which part of the curves a figure is the mean of. */
export interface CurveSelection {
  /** One IoU threshold; all where absent. */
  readonly iouThreshold?: number;
  /** The name of an area range; `all` where absent. */
  readonly areaRange?: string;
  /** A number of detections; the highest where absent. */
  readonly maxDetections?: number;
}

/** Average precision and average recall, over all recalls and over some classes. */
export interface CurveMeans {
  readonly precision: (selection?: CurveSelection) => number;
  readonly recall: (selection?: CurveSelection) => number;
}

/**
 * Means of the defined entries of curves; NaN where there is none, or where the curves lack the threshold, range or number.
 * @param labels the classes to take the mean over
 */
export function curveMeans(curves: CocoCurves, labels: readonly number[]): CurveMeans {
  const { iouThresholds, maxDetections, areaRanges } = curves;
  const classes = labels.map((label) => curves.labels.indexOf(label));
  const [K, A, M] = [curves.labels.length, areaRanges.length, maxDetections.length];
  const mean = (values: Float64Array, points: number, { iouThreshold, areaRange = 'all', maxDetections: limit }: CurveSelection): number => {
    const a = areaRanges.findIndex(({ name }) => name === areaRange);
    const m = limit === undefined ? M - 1 : maxDetections.indexOf(limit);
    let [sum, count] = [0, 0];
    if (a < 0 || m < 0) return NaN;
    for (let t = 0; t < iouThresholds.length; t++) {
      if (iouThreshold !== undefined && iouThresholds[t] !== iouThreshold) continue;
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
  return {
    precision: (selection = {}) => mean(curves.precision, curves.recallThresholds.length, selection),
    recall: (selection = {}) => mean(curves.recall, 1, selection),
  };
}
