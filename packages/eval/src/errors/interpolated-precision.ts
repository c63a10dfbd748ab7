import { scoreOrder } from '../score-order.ts';

/** A detection as it counts towards average precision. */
export interface ScoredPoint {
  readonly score: number;
  readonly correct: boolean;
}

/**
 * Average precision as the mean over recall 0, .01, …, 1 of the highest precision at that recall or above; 0 where there
 * is nothing to find. Equal scores keep the order given.
 */
export function interpolatedPrecision(points: readonly ScoredPoint[], positives: number): number {
  if (positives <= 0) return 0;
  const order = scoreOrder(Float64Array.from(points, ({ score }) => score));
  const precision: number[] = [];
  let found = 0;
  order.forEach((at, k) => {
    if (points[at].correct) precision.push(++found / (k + 1));
  });
  for (let i = precision.length - 2; i >= 0; i--) precision[i] = Math.max(precision[i], precision[i + 1]);
  let sum = 0;
  for (let r = 0, i = 0; r <= 100; r++) {
    while (i < found && (i + 1) / positives < r / 100) i++;
    if (i < found) sum += precision[i];
  }
  return sum / 101;
}
