import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';

interface Thing {
  readonly at: readonly (readonly number[])[];
  readonly box: readonly number[];
  readonly area: number;
}
interface Wanted extends Thing {
  readonly crowd: boolean;
  readonly labelled: number;
}
interface Found extends Thing {
  readonly score: number;
}

function similarity(found: Found, wanted: Wanted, sigmas: readonly number[]): number {
  const [x1, y1, x2, y2] = wanted.box;
  const beyond = (value: number, low: number, high: number): number => Math.max(low - (high - low) - value, 0, value - high - (high - low));
  const terms = sigmas.flatMap((sigma, k) => {
    const [x, y, v] = wanted.at[k];
    const [fx, fy] = found.at[k];
    if (wanted.labelled > 0 && v === 0) return [];
    const [dx, dy] = wanted.labelled > 0 ? [fx - x, fy - y] : [beyond(fx, x1, x2), beyond(fy, y1, y2)];
    return [Math.exp(-(dx * dx + dy * dy) / (2 * wanted.area * (2 * sigma) ** 2))];
  });
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

/** The measure of keypoints of one class step by step, condition by condition, as the COCO API's text says it: AP and AR of a range of areas. */
export function literalKeypoints(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { label, sigmas, thresholds, least, most }: { label: number; sigmas: readonly number[]; thresholds: readonly number[]; least: number; most: number },
): { ap: number; ar: number } {
  const K = sigmas.length;
  const thingOf = ({ boxes, keypoints = [], area }: ImageGroundTruth | ImageDetections, i: number): Thing => {
    const box = Array.from(boxes).slice(4 * i, 4 * i + 4);
    const at = sigmas.map((_, k) => Array.from(keypoints).slice(3 * (K * i + k), 3 * (K * i + k + 1)));
    return { at, box, area: area?.[i] ?? (box[2] - box[0]) * (box[3] - box[1]) };
  };
  const images = groundTruth.map((entry) => {
    const wanted = Array.from(entry.labels).flatMap((own, i): Wanted[] => {
      const thing = thingOf(entry, i);
      return own === label ? [{ ...thing, crowd: Boolean(entry.crowd?.[i]), labelled: thing.at.filter(([, , v]) => v > 0).length }] : [];
    });
    const answer = detections.find(({ image }) => image === entry.image);
    const found = Array.from(answer?.labels ?? []).flatMap((own, i): Found[] => (answer && own === label ? [{ ...thingOf(answer, i), score: answer.scores[i] }] : []));
    return { wanted, found: found.sort((a, b) => b.score - a.score).slice(0, 20) };
  });
  const out = ({ area }: Thing): boolean => area < least || area > most;
  const results = thresholds.map((threshold) => {
    const judged: { score: number; right: boolean }[] = [];
    let positives = 0;
    for (const { wanted, found } of images) {
      const ignored = wanted.map((each) => each.crowd || each.labelled === 0 || out(each));
      const taken = wanted.map(() => false);
      positives += ignored.filter((each) => !each).length;
      for (const each of found) {
        const values = wanted.map((own) => similarity(each, own, sigmas));
        const free = (i: number): boolean => values[i] >= threshold && (!taken[i] || wanted[i].crowd);
        const best = (ignore: boolean): number => wanted.reduce((so, _, i) => (ignored[i] === ignore && free(i) && (so < 0 || values[i] >= values[so]) ? i : so), -1);
        const match = best(false) >= 0 ? best(false) : best(true);
        if (match >= 0) taken[match] = true;
        if (match >= 0 ? !ignored[match] : !out(each)) judged.push({ score: each.score, right: match >= 0 });
      }
    }
    judged.sort((a, b) => b.score - a.score);
    let right = 0;
    const points = judged.map((each, i) => {
      right += each.right ? 1 : 0;
      return { recall: right / positives, precision: right / (i + 1) };
    });
    const at = (recall: number): number => Math.max(0, ...points.filter((point) => point.recall >= recall - 1e-12).map(({ precision }) => precision));
    const ap = Array.from({ length: 101 }, (_, r) => at(r / 100)).reduce((sum, value) => sum + value, 0) / 101;
    return positives === 0 ? { ap: NaN, ar: NaN } : { ap, ar: right / positives };
  });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { ap: mean(results.map(({ ap }) => ap)), ar: mean(results.map(({ ar }) => ar)) };
}
