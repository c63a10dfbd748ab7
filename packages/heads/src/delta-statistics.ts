import { encodeBoxes, matchBoxes, takeBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';

/** Mean and standard deviation of the four deltas of each class, 0 for the background; rows of 4. */
export interface DeltaStatistics {
  readonly mean: readonly (readonly number[])[]; // [K + 1, 4]
  readonly std: readonly (readonly number[])[]; // [K + 1, 4]
}

/** An image's objects and the regions proposed for them. */
export interface ProposedObjects {
  readonly proposals: Boxes;
  readonly boxes: Boxes;
  readonly labels: Int32Array;
}

/** Options of {@link deltaStatistics}. */
export interface DeltaStatisticsOptions {
  /** A proposal at this IoU with an object or above learns to become it. */
  readonly foreground?: number;
}

/**
 * The statistics by which Fast R-CNN's code normalises its regression targets (§2.3): over all proposals that overlap an
 * object of the class by `foreground` or more. A class without any has mean 0 and deviation 1.
 */
export function deltaStatistics(images: Iterable<ProposedObjects>, classes: number, options: DeltaStatisticsOptions = {}): DeltaStatistics {
  const moments = deltaMoments(images, classes, options).map(momentsRow);
  return { mean: moments.map(({ mean }) => mean), std: moments.map(({ std }) => std) };
}

/** The same over the proposals of all classes together, for boxes that classes share: every class but the background has one row. */
export function agnosticDeltaStatistics(images: Iterable<ProposedObjects>, classes: number, options: DeltaStatisticsOptions = {}): DeltaStatistics {
  const sum = (rows: readonly (readonly number[])[]): number[] => [0, 1, 2, 3].map((k) => rows.reduce((total, row) => total + row[k], 0));
  const each = deltaMoments(images, classes, options);
  const all = momentsRow({ count: each.reduce((total, { count }) => total + count, 0), sums: sum(each.map(({ sums }) => sums)), squares: sum(each.map(({ squares }) => squares)) });
  const rows = <T>(background: T, row: T): T[] => Array.from({ length: classes }, (_, label) => (label === 0 ? background : row));
  return { mean: rows([0, 0, 0, 0], all.mean), std: rows([1, 1, 1, 1], all.std) };
}

/** Weights of the box coding as statistics: mean 0, deviation 1 over the weight; the background's are not normalised. */
export function statisticsOfWeights(weights: readonly [number, number, number, number], classes: number): DeltaStatistics {
  return {
    mean: Array.from({ length: classes }, () => [0, 0, 0, 0]),
    std: Array.from({ length: classes }, (_, label) => weights.map((weight) => (label === 0 ? 1 : 1 / weight))),
  };
}

/** How many deltas of a class there are, their sum and that of their squares. */
interface DeltaMoments {
  count: number;
  readonly sums: number[];
  readonly squares: number[];
}

function deltaMoments(images: Iterable<ProposedObjects>, classes: number, { foreground = 0.5 }: DeltaStatisticsOptions): DeltaMoments[] {
  const moments = Array.from({ length: classes }, (): DeltaMoments => ({ count: 0, sums: [0, 0, 0, 0], squares: [0, 0, 0, 0] }));
  for (const { proposals, boxes, labels } of images) {
    const { positives, groundTruth } = matchBoxes(boxes, proposals, { foreground, background: foreground });
    const deltas = encodeBoxes(takeBoxes(boxes, groundTruth), takeBoxes(proposals, positives));
    positives.forEach((_, i) => {
      const own = moments[labels[groundTruth[i]]];
      own.count++;
      for (let k = 0; k < 4; k++) {
        own.sums[k] += deltas[4 * i + k];
        own.squares[k] += deltas[4 * i + k] ** 2;
      }
    });
  }
  return moments;
}

function momentsRow({ count, sums, squares }: DeltaMoments): { readonly mean: number[]; readonly std: number[] } {
  const mean = sums.map((sum) => sum / Math.max(1, count));
  // A hair's breadth keeps a class whose proposals all fit exactly from a division by 0.
  const std = squares.map((square, k) => (count < 2 ? 1 : Math.sqrt(Math.max(square / count - mean[k] ** 2, 1e-8))));
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
