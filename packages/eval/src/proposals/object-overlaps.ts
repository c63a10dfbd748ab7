import { checkGroundTruth, checkProposals } from '../check-inputs.ts';
import type { AreaRange } from '../coco-options.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import type { ImageProposals } from './image-proposals.ts';
import { overlapMatrix } from './overlap-matrix.ts';

/** How an object's proposal is found; see {@link objectOverlaps}. */
export type ProposalMatching = 'one-to-one' | 'best';

/** The overlap of every object with its proposal. */
export interface ObjectOverlaps {
  /** The objects' labels. [N] */
  readonly labels: Int32Array;
  /** IoU of each object with its proposal, 0 where it has none. [B budgets, N], row-major */
  readonly overlaps: Float64Array;
}

/**
 * What each object's proposal overlaps it by, for several budgets of proposals an image. Crowds and difficult objects, and
 * those out of `areaRange`, are left out.
 *
 * `one-to-one`: the pair of highest IoU in the image is taken, both leave, and again, so that a proposal serves one object
 * (Hosang et al. 2016, §4; Faster R-CNN's and Detectron2's code). `best`: an object has the proposal that overlaps it most,
 * whoever else has it (Uijlings et al. 2013, §5.1).
 */
export function objectOverlaps(
  caller: string,
  groundTruth: readonly ImageGroundTruth[],
  proposals: readonly ImageProposals[],
  budgets: readonly number[],
  matching: ProposalMatching,
  areaRange?: AreaRange,
): ObjectOverlaps {
  const numberOf = checkGroundTruth(caller, groundTruth);
  checkProposals(caller, proposals, numberOf);
  const found = new Map(proposals.map((entry) => [entry.image, entry]));
  const wanted = groundTruth.map((entry) => objectsOf(entry, areaRange));
  const count = wanted.reduce((sum, objects) => sum + objects.length, 0);
  const labels = new Int32Array(count);
  const overlaps = new Float64Array(budgets.length * count);
  let offset = 0;
  groundTruth.forEach((entry, image) => {
    const objects = wanted[image];
    const given = found.get(entry.image);
    objects.forEach((index, i) => (labels[offset + i] = entry.labels[index]));
    if (given !== undefined && objects.length > 0) {
      const iou = overlapMatrix(entry.boxes, objects, given, Math.max(...budgets));
      const columns = iou.length / objects.length;
      budgets.forEach((budget, b) => {
        const row = overlaps.subarray(b * count + offset, b * count + offset + objects.length);
        if (matching === 'best') bestOverlaps(iou, columns, budget, row);
        else oneToOneOverlaps(iou, columns, budget, row);
      });
    }
    offset += objects.length;
  });
  return { labels, overlaps };
}

/** Indices of the objects to be found in an image. */
function objectsOf({ labels, crowd, difficult, area, boxArea, boxes }: ImageGroundTruth, range?: AreaRange): number[] {
  const objects: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (crowd?.[i] || difficult?.[i]) continue;
    const size = area?.[i] ?? boxArea?.[i] ?? (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
    if (range === undefined || (size >= range.min && size <= range.max)) objects.push(i);
  }
  return objects;
}

/** The highest IoU of each row among the first `budget` columns, into `best`. */
function bestOverlaps(iou: Float64Array, columns: number, budget: number, best: Float64Array): void {
  const most = Math.min(columns, budget);
  for (let i = 0; i < best.length; i++) {
    for (let p = 0; p < most; p++) best[i] = Math.max(best[i], iou[i * columns + p]);
  }
}

/** The IoU of each row with its own column, pairs of highest IoU first, into `matched`. */
function oneToOneOverlaps(iou: Float64Array, columns: number, budget: number, matched: Float64Array): void {
  const most = Math.min(columns, budget);
  const taken = new Uint8Array(most);
  /** The column a row would take now; −1 if none is left that overlaps it. */
  const choice = (row: number): number => {
    let best = -1;
    for (let p = 0, highest = 0; p < most; p++) {
      if (taken[p] === 0 && iou[row * columns + p] > highest) {
        highest = iou[row * columns + p];
        best = p;
      }
    }
    return best;
  };
  const choices = Int32Array.from(matched, (_, row) => choice(row));
  const waiting = new Set(choices.keys());
  while (waiting.size > 0) {
    let next = -1;
    let highest = -1;
    for (const row of waiting) {
      if (choices[row] >= 0 && taken[choices[row]] === 1) choices[row] = choice(row);
      const overlap = choices[row] < 0 ? 0 : iou[row * columns + choices[row]];
      if (overlap > highest) [next, highest] = [row, overlap];
    }
    matched[next] = highest;
    if (choices[next] >= 0) taken[choices[next]] = 1;
    waiting.delete(next);
  }
}
