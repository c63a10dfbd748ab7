import type { ImageDetections, ImageErrors } from '@rcnn/eval';

/** A score from which detections are trusted. */
export interface OperatingPoint {
  readonly score: number;
  readonly precision: number;
  readonly recall: number;
}

/** The score at which precision and recall over all classes have the highest harmonic mean, F1; undefined if nothing is right. */
export function operatingPoint(images: readonly ImageErrors[], detections: readonly ImageDetections[]): OperatingPoint | undefined {
  const scoresOf = new Map(detections.map(({ image, scores }) => [image, scores]));
  const points = images.flatMap(({ image, outcomes }) => {
    const scores = scoresOf.get(image);
    return outcomes.flatMap((outcome, d) => (outcome === 'ignored' ? [] : [{ score: scores?.[d] ?? 0, correct: outcome === 'correct' }]));
  });
  points.sort((a, b) => b.score - a.score);
  const found = points.filter(({ correct }) => correct).length;
  const objects = found + images.reduce((sum, { unfound }) => sum + unfound.length, 0);
  let [best, bestF1, right] = [undefined as OperatingPoint | undefined, 0, 0];
  points.forEach(({ score, correct }, i) => {
    if (correct) right++;
    const f1 = (2 * right) / (i + 1 + objects);
    if (f1 > bestF1 && (i + 1 === points.length || points[i + 1].score < score)) {
      [best, bestF1] = [{ score, precision: right / (i + 1), recall: right / objects }, f1];
    }
  });
  return best;
}
