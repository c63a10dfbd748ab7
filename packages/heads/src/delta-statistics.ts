import { encodeBoxes, matchBoxes, takeBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';

/** Mean and standard deviation of the four deltas of each class, 0 for the background; rows of 4. */
export interface DeltaStatistics {
  readonly mean: readonly (readonly number[])[]; // [K + 1, 4]
  readonly std: readonly (readonly number[])[]; // [K + 1, 4]
}

/**
 * The statistics by which Fast R-CNN's code normalises its regression targets (§2.3): over all proposals that overlap an
 * object of the class by `foreground` or more. A class without any has mean 0 and deviation 1.
 */
export function deltaStatistics(
  images: Iterable<{ readonly proposals: Boxes; readonly boxes: Boxes; readonly labels: Int32Array }>,
  classes: number,
  { foreground = 0.5 }: { foreground?: number } = {},
): DeltaStatistics {
  const zeros = (): number[][] => Array.from({ length: classes }, () => [0, 0, 0, 0]);
  const [sums, squares] = [zeros(), zeros()];
  const counts = Array<number>(classes).fill(0);
  for (const { proposals, boxes, labels } of images) {
    const { positives, groundTruth } = matchBoxes(boxes, proposals, { foreground, background: foreground });
    const deltas = encodeBoxes(takeBoxes(boxes, groundTruth), takeBoxes(proposals, positives));
    positives.forEach((_, i) => {
      const label = labels[groundTruth[i]];
      counts[label]++;
      for (let k = 0; k < 4; k++) {
        sums[label][k] += deltas[4 * i + k];
        squares[label][k] += deltas[4 * i + k] ** 2;
      }
    });
  }
  const mean = sums.map((row, label) => row.map((sum) => sum / Math.max(1, counts[label])));
  const std = squares.map((row, label) =>
    // A hair's breadth keeps a class whose proposals all fit exactly from a division by 0.
    row.map((square, k) => (counts[label] < 2 ? 1 : Math.sqrt(Math.max(square / counts[label] - mean[label][k] ** 2, 1e-8)))),
  );
  return { mean, std };
}

/** The deltas [R, 4] of regions less their class's mean, divided by its deviation; background's are left at 0. */
export function normalizeDeltas(deltas: BoxDeltas, labels: Int32Array, { mean, std }: DeltaStatistics): BoxDeltas {
  const normalized = deltas.slice() as BoxDeltas;
  labels.forEach((label, region) => {
    if (label === 0) return;
    for (let k = 0; k < 4; k++) normalized[4 * region + k] = (deltas[4 * region + k] - mean[label][k]) / std[label][k];
  });
  return normalized;
}

/** The reverse, of predictions for every class: [R, 4 (K + 1)]. */
export function denormalizeDeltas(deltas: Float32Array, { mean, std }: DeltaStatistics): Float32Array {
  const row = 4 * mean.length;
  const [means, deviations] = [mean.flat(), std.flat()];
  return deltas.map((value, i) => value * deviations[i % row] + means[i % row]);
}
