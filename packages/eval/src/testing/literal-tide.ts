import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';

interface Truth {
  readonly cls: number;
  readonly box: readonly number[];
  readonly ignore: boolean;
  used: boolean;
  usable: boolean;
  bestScore: number;
  bestId: number;
}
interface Prediction {
  readonly id: number;
  readonly cls: number;
  readonly box: readonly number[];
  readonly score: number;
  used: boolean | null;
}
interface Datum {
  readonly score: number;
  readonly correct: boolean;
}
interface Mistake {
  readonly type: string;
  readonly prediction?: Prediction;
  readonly truth?: Truth;
  readonly fix: () => { readonly cls: number; readonly correct: boolean } | null;
}

const [foreground, background] = [0.5, 0.1];

function overlap(a: readonly number[], b: readonly number[], crowd: boolean): number {
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (w <= 0 || h <= 0) return 0;
  const own = (a[2] - a[0]) * (a[3] - a[1]);
  return (w * h) / (crowd ? own : own + (b[2] - b[0]) * (b[3] - b[1]) - w * h);
}

const argmax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** tidecv 1.0's rule, step by step: `quantify.py`, `ap.py`, `errors/main_errors.py` in words of our own. */
export function literalTide(groundTruth: readonly ImageGroundTruth[], detections: readonly ImageDetections[]): Record<string, number> {
  const mistakes: Mistake[] = [];
  const rights: (Datum & { readonly cls: number })[] = [];
  const all: (Datum & { readonly cls: number })[] = [];
  const positives = new Map<number, number>();
  const negatives = new Map<number, number>();
  let nextId = 0;
  for (const entry of groundTruth) {
    const truths = Array.from(entry.labels, (cls, i): Truth => ({
      ...{ cls, box: Array.from(entry.boxes).slice(4 * i, 4 * i + 4), ignore: Boolean(entry.crowd?.[i]) },
      ...{ used: false, usable: false, bestScore: -1, bestId: -1 },
    }));
    const found = detections.find(({ image }) => image === entry.image);
    const predictions = Array.from(found?.labels ?? [], (cls, i): Prediction => ({
      ...{ id: nextId++, cls, box: Array.from(found?.boxes ?? []).slice(4 * i, 4 * i + 4), score: found?.scores[i] ?? 0, used: false },
    }));
    predictions.sort((a, b) => b.score - a.score).splice(100);
    const gt = truths.filter(({ ignore }) => !ignore);
    for (const { cls } of gt) positives.set(cls, (positives.get(cls) ?? 0) + 1);
    const iou = predictions.map(({ box }) => gt.map((truth) => overlap(box, truth.box, false)));
    const masked = (i: number, keep: (truth: Truth) => boolean): number[] => gt.map((truth, j) => (keep(truth) ? iou[i][j] : 0));

    const buffer = predictions.map((prediction, i) => masked(i, ({ cls }) => cls === prediction.cls));
    predictions.forEach((prediction, i) => {
      if (gt.length === 0) return;
      const j = argmax(buffer[i]);
      if (buffer[i][j] < foreground) return;
      prediction.used = true;
      gt[j].used = true;
      for (const row of buffer) row[j] = 0;
    });
    for (const region of truths.filter(({ ignore }) => ignore)) {
      for (const prediction of predictions) {
        if (prediction.used === false && prediction.cls === region.cls && overlap(prediction.box, region.box, true) > foreground) prediction.used = null;
      }
    }
    predictions.forEach((prediction, i) => {
      if (prediction.used === null) return;
      const datum = { cls: prediction.cls, score: prediction.score, correct: prediction.used };
      all.push(datum);
      if (prediction.used) {
        rights.push(datum);
        return;
      }
      const claim = (type: string, truth: Truth, cls: number): void => {
        if (!truth.used) {
          truth.usable = true;
          if (truth.bestScore < prediction.score) [truth.bestScore, truth.bestId] = [prediction.score, prediction.id];
        }
        const fix = (): ReturnType<Mistake['fix']> => (truth.used || truth.bestId !== prediction.id ? null : { cls, correct: true });
        mistakes.push({ type, prediction, truth, fix });
      };
      const plain = (type: string): void => void mistakes.push({ type, prediction, fix: () => null });
      if (gt.length === 0) return plain('background');
      const same = masked(i, ({ cls }) => cls === prediction.cls);
      const other = masked(i, ({ cls }) => cls !== prediction.cls);
      const taken = masked(i, ({ cls, used }) => cls === prediction.cls && used);
      const [best, wrong] = [argmax(same), argmax(other)];
      if (same[best] >= background && same[best] <= foreground) return claim('localisation', gt[best], prediction.cls);
      if (other[wrong] >= foreground) return claim('classification', gt[wrong], gt[wrong].cls);
      if (Math.max(...taken) >= foreground) return plain('duplicate');
      return plain(Math.max(...iou[i]) <= background ? 'background' : 'both');
    });
    for (const truth of gt) {
      if (truth.used) continue;
      negatives.set(truth.cls, (negatives.get(truth.cls) ?? 0) + 1);
      if (!truth.usable) mistakes.push({ type: 'missed', truth, fix: () => null });
    }
  }

  const averagePrecision = (data: readonly Datum[], count: number): number => {
    if (count === 0) return 0;
    const sorted = [...data].sort((a, b) => b.score - a.score);
    let [right, wrong] = [0, 0];
    const curve = sorted.map(({ correct }) => {
      if (correct) right++;
      else wrong++;
      return { precision: right / (right + wrong), recall: right / count };
    });
    for (let i = curve.length - 1; i > 0; i--) curve[i - 1].precision = Math.max(curve[i - 1].precision, curve[i].precision);
    const bars = Array.from({ length: 101 }, (_, x) => curve.find(({ recall }) => recall >= x / 100)?.precision ?? 0);
    return bars.reduce((sum, bar) => sum + bar, 0) / 101;
  };
  const mean = (data: readonly (Datum & { readonly cls: number })[], counts: ReadonlyMap<number, number>): number => {
    const classes = [...new Set([...data.map(({ cls }) => cls), ...[...counts].filter(([, n]) => n > 0).map(([cls]) => cls)])];
    return classes.reduce((sum, cls) => sum + averagePrecision(data.filter((datum) => datum.cls === cls), counts.get(cls) ?? 0), 0) / classes.length;
  };
  const repaired = (type: string): number => {
    const counts = new Map(positives);
    const data = mistakes.flatMap(({ type: own, prediction, truth, fix }) => {
      if (own === type && own === 'missed' && truth !== undefined) counts.set(truth.cls, (counts.get(truth.cls) ?? 0) - 1);
      if (prediction === undefined) return [];
      const result = own === type ? fix() : { cls: prediction.cls, correct: false };
      return result === null ? [] : [{ ...result, score: prediction.score }];
    });
    return mean([...data, ...rights], counts);
  };
  const wrongs = mistakes.flatMap(({ prediction }) => (prediction === undefined ? [] : [{ cls: prediction.cls, score: prediction.score, correct: false }]));
  const ap = mean(all, positives);
  const types = ['classification', 'localisation', 'both', 'duplicate', 'background', 'missed'];
  const without = new Map([...positives].map(([cls, n]) => [cls, n - (negatives.get(cls) ?? 0)]));
  return {
    ap,
    ...Object.fromEntries(types.map((type) => [type, Math.max(repaired(type) - ap, 0)])),
    falsePositives: mean([...wrongs, ...rights].map((datum) => ({ ...datum, score: datum.correct ? 1 : 0 })), positives) - ap,
    falseNegatives: mean([...wrongs, ...rights], without) - ap,
  };
}
