import type { ClassProblem } from './class-problem.ts';
import type { ImageIou } from './image-iou.ts';
import type { ImageGroups } from './group-by-image.ts';

/**
 * Who overlaps what in the images, by the lowest threshold or more: C detections of the class, the contenders, and what
 * each of them overlaps. Few detections overlap anything, so that all thresholds and ranges after this look at little.
 */
export interface Pairs {
  /** How many detections of the same image and class score higher. [N] */
  readonly ranks: Int32Array;
  /** Positions in the problem's detections, ascending. [C] */
  readonly contenders: Int32Array;
  /** The contenders image by image, best first: numbers in `contenders`. [C] */
  readonly rows: Int32Array;
  /** The pairs of `rows[i]` are `from[i]` up to, not including, `from[i + 1]`, in the order of the ground truth. [C + 1] */
  readonly from: Int32Array;
  /** The ground truth of each pair. [P] */
  readonly object: Int32Array;
  /** [P] */
  readonly iou: Float64Array;
}

/** Finds the {@link Pairs} of a class among the first `mostDetections` of each image. */
export function overlappingPairs(
  { groundTruth: { start }, detections: { scores } }: ClassProblem,
  { ranks, byImage, first }: ImageGroups,
  options: { readonly iouOf: ImageIou; readonly iouThresholds: readonly number[]; readonly mostDetections: number },
): Pairs {
  const N = scores.length;
  const lowest = Math.min(options.iouThresholds[0], 1 - 1e-10);
  const rowOf = new Int32Array(N).fill(-1);
  const order = new Int32Array(N);
  const from = new Int32Array(N + 1);
  let object = new Int32Array(N + 64);
  let overlap = new Float64Array(N + 64);
  let iou = new Float64Array(256);
  let [C, P] = [0, 0];
  for (let image = 0; image + 1 < start.length; image++) {
    const n = start[image + 1] - start[image];
    const m = Math.min(first[image + 1] - first[image], options.mostDetections);
    if (n === 0 || m === 0) continue;
    if (iou.length < m * n) iou = new Float64Array(2 * m * n);
    options.iouOf(image, byImage.subarray(first[image], first[image] + m), m, iou);
    if (P + m * n > object.length) {
      object = resized(object, 2 * (P + m * n));
      overlap = resized(overlap, 2 * (P + m * n));
    }
    for (let i = 0; i < m; i++) {
      const before = P;
      for (let j = 0; j < n; j++) {
        if (iou[i * n + j] < lowest) continue;
        object[P] = start[image] + j;
        overlap[P++] = iou[i * n + j];
      }
      if (P === before) continue;
      rowOf[byImage[first[image] + i]] = 0;
      order[C++] = byImage[first[image] + i];
      from[C] = P;
    }
  }
  const contenders = new Int32Array(C);
  for (let d = 0, c = 0; d < N; d++) {
    if (rowOf[d] < 0) continue;
    contenders[c] = d;
    rowOf[d] = c++;
  }
  const rows = order.subarray(0, C);
  for (let i = 0; i < C; i++) rows[i] = rowOf[rows[i]];
  return { ranks, contenders, rows, from, object, iou: overlap };
}

function resized<A extends Int32Array | Float64Array>(array: A, length: number): A {
  const grown = new (array.constructor as new (length: number) => A)(length);
  grown.set(array);
  return grown;
}
