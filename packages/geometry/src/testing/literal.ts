// The definitions, step by step and slowly: what the fast versions are compared with.
import { type Boxes } from '../boxes.ts';

const { fround } = Math;

/** One box as an array. */
export function boxAt(boxes: Boxes, i: number): number[] {
  return [...boxes.subarray(4 * i, 4 * i + 4)];
}

/** IoU of two boxes in float32; 0 where torchvision's quotient is 0 / 0. */
export function literalIou(a: readonly number[], b: readonly number[]): number {
  const area = ([x1, y1, x2, y2]: readonly number[]): number => fround(fround(x2 - x1) * fround(y2 - y1));
  const width = Math.max(0, fround(Math.min(a[2], b[2]) - Math.max(a[0], b[0])));
  const height = Math.max(0, fround(Math.min(a[3], b[3]) - Math.max(a[1], b[1])));
  const intersection = fround(width * height);
  const union = fround(fround(area(a) + area(b)) - intersection);
  return union === 0 ? 0 : fround(intersection / union);
}

/** Indices by decreasing score, equal scores by ascending index. */
export function literalOrder(scores: Float32Array): number[] {
  return [...scores.keys()].sort((i, j) => scores[j] - scores[i] || i - j);
}

/** Greedy suppression, every pair compared. */
export function literalNms(boxes: Boxes, scores: Float32Array, threshold: number, labels?: Int32Array): number[] {
  const kept: number[] = [];
  const all = Array.from(scores, (_, i) => boxAt(boxes, i));
  for (const i of literalOrder(scores)) {
    const suppressed = kept.some((k) => labels?.[k] === labels?.[i] && literalIou(all[k], all[i]) > threshold);
    if (!suppressed) {
      kept.push(i);
    }
  }
  return kept;
}

/** torchvision's `Matcher` on a matrix of IoU, a row per ground truth: its index, -1 negative, -2 ignored. */
export function literalMatcher(iou: readonly number[][], foreground: number, background: number, lowQuality: boolean): number[] {
  const matches = iou[0].map((_, j) => {
    const column = iou.map((row) => row[j]);
    const highest = Math.max(...column);
    const best = column.indexOf(highest);
    const claimed = lowQuality && iou.some((row) => row[j] > 0 && row[j] === Math.max(...row));
    return highest >= fround(foreground) || claimed ? best : highest < fround(background) ? -1 : -2;
  });
  return matches;
}
