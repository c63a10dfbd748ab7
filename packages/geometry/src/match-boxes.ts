import { boxArea } from './box-area.ts';
import { boxCount, type Boxes } from './boxes.ts';
import { overlapCandidates } from './overlap-candidates.ts';
import { pairIou } from './pair-iou.ts';

/** Which candidates are positive, which negative; a candidate that is in neither list is ignored. */
export interface Matches {
  /** The indices of the positive candidates, in ascending order. */
  readonly positives: Uint32Array;
  /** The indices of the negative candidates, in ascending order. */
  readonly negatives: Uint32Array;
  /** For each of `positives`, the index of its ground truth. */
  readonly groundTruth: Int32Array;
}

/** Options of {@link matchBoxes}. */
export interface MatchOptions {
  /** A candidate whose highest IoU is at least this is positive. */
  readonly foreground?: number;
  /** A candidate whose highest IoU is below this is negative. */
  readonly background?: number;
  /** Whether the candidates with the highest IoU of a ground truth, ties included, are positive however low it is. */
  readonly lowQuality?: boolean;
}

/**
 * Labels candidates by their highest IoU with the ground truth (Faster R-CNN, section 3.1.2): positive at `foreground` and
 * above, negative below `background`, else ignored. The ground truth of a positive is that of its highest IoU, the lowest
 * index among equals, also for a positive by `lowQuality`: the rule of torchvision and detectron2, which agree on it.
 * Thresholds are compared in float32. Without ground truth every candidate is negative.
 *
 * One difference from both: a ground truth that no candidate overlaps makes no candidate positive. Theirs ties every
 * candidate at IoU 0, and all become positive.
 * @throws RangeError if `background` is above `foreground`
 */
export function matchBoxes(
  groundTruth: Boxes,
  candidates: Boxes,
  { foreground = 0.7, background = 0.3, lowQuality = false }: MatchOptions = {},
): Matches {
  if (!(background <= foreground)) {
    throw new RangeError(`matchBoxes: expected background <= foreground, got ${background} and ${foreground}`);
  }
  const { highest, best, ties } = findBest(groundTruth, candidates);
  const [high, low] = [Math.fround(foreground), Math.fround(background)];
  const forced = new Uint8Array(highest.length);
  if (lowQuality) {
    for (const tied of ties) {
      for (const i of tied) {
        forced[i] = 1;
      }
    }
  }
  const positives = new Uint32Array(highest.length);
  const negatives = new Uint32Array(highest.length);
  let [positiveCount, negativeCount] = [0, 0];
  for (let i = 0; i < highest.length; i++) {
    if (groundTruth.length > 0 && (highest[i] >= high || forced[i] === 1)) {
      positives[positiveCount++] = i;
    } else if (groundTruth.length === 0 || highest[i] < low) {
      negatives[negativeCount++] = i;
    }
  }
  const found = positives.slice(0, positiveCount);
  return {
    positives: found,
    negatives: negatives.slice(0, negativeCount),
    groundTruth: Int32Array.from(found, (i) => best[i]),
  };
}

/** Of each candidate, the highest IoU and its ground truth; of each ground truth, the candidates with its highest IoU. */
function findBest(
  groundTruth: Boxes,
  candidates: Boxes,
): { highest: Float32Array; best: Int32Array; ties: readonly number[][] } {
  const [areas, candidateAreas] = [boxArea(groundTruth), boxArea(candidates)];
  const highest = new Float32Array(boxCount(candidates));
  const best = new Int32Array(highest.length);
  const highestOf = new Float32Array(areas.length); // of each ground truth
  const ties = Array.from(areas, (): number[] => []);
  const { search, word, words } = overlapCandidates(groundTruth);
  for (let i = 0; i < highest.length; i++) {
    search(candidates, i);
    for (let w = 0; w < words; w++) {
      for (let bits = word(w); bits !== 0; bits &= bits - 1) {
        const g = 32 * w + 31 - Math.clz32(bits & -bits); // the lowest bit first
        const iou = pairIou(groundTruth, areas, g, candidates, candidateAreas, i);
        if (iou > highest[i]) {
          highest[i] = iou;
          best[i] = g;
        }
        if (iou > 0 && iou >= highestOf[g]) {
          if (iou > highestOf[g]) {
            highestOf[g] = iou;
            ties[g].length = 0;
          }
          ties[g].push(i);
        }
      }
    }
  }
  return { highest, best, ties };
}
