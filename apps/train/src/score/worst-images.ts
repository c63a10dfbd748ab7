import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { decodeImage } from '@rcnn/datasets/node';
import type { DetectionOutcome, ImageDetections, ImageErrors, ImageGroundTruth } from '@rcnn/eval';
import type { RgbImage } from '@rcnn/geometry';
import { drawDetections } from '../draw/draw-detections.ts';
import { readableScale } from '../draw/readable-scale.ts';
import type { ReportSample } from '../report/report-data.ts';
import type { ImageInfo, ScoreInputs } from './score-inputs.ts';

/** The detections of one run, and what is wrong with them. */
export interface ErringRun {
  readonly name: string;
  readonly detections: readonly ImageDetections[];
  readonly images: readonly ImageErrors[];
  /** Detections that score less are not looked at. */
  readonly minScore: number;
}

/** How many false detections of each kind an image has, and how many objects are not found. */
function errorsOf(run: ErringRun, index: number): { total: number; text: string } {
  const { image, outcomes, unfound } = run.images[index];
  const scores = run.detections.find((entry) => entry.image === image)?.scores;
  const counts = new Map<DetectionOutcome | 'missed', number>([['missed', unfound.length]]);
  outcomes.forEach((outcome, d) => {
    // An object that only a distrusted detection found is missed.
    const kind = (scores?.[d] ?? 0) >= run.minScore ? outcome : outcome === 'correct' ? 'missed' : 'ignored';
    if (kind !== 'correct' && kind !== 'ignored') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  const kinds = [...counts].filter(([, count]) => count > 0);
  return {
    total: kinds.reduce((sum, [, count]) => sum + count, 0),
    text: kinds.length === 0 ? 'no error' : kinds.map(([kind, count]) => `${count} ${kind}`).join(', '),
  };
}

/** The images with the most errors of the first run, drawn for each run: detections in colours, ground truth dashed. */
export async function drawWorstImages(
  { classes, groundTruth, imageInfo }: ScoreInputs,
  runs: readonly ErringRun[],
  folder: string | undefined,
  count: number,
): Promise<ReportSample[]> {
  const ranked = groundTruth.map((_, index) => ({ index, total: errorsOf(runs[0], index).total }));
  const worst = ranked.sort((a, b) => b.total - a.total || a.index - b.index).filter(({ total }) => total > 0).slice(0, count);
  const samples: ReportSample[] = [];
  for (const { index } of worst) {
    const info = imageInfo(index);
    const image = await findImage(info, folder, groundTruth[index]);
    for (const run of runs) {
      const found = run.detections.find((entry) => entry.image === groundTruth[index].image) ?? { boxes: [], labels: [], scores: [] };
      const png = drawDetections(image, { ...found, classes }, { minScore: run.minScore, groundTruth: groundTruth[index], scale: readableScale(image) });
      samples.push({ name: `${info.title}${runs.length > 1 ? `, ${run.name}` : ''}: ${errorsOf(run, index).text}`, png });
    }
  }
  return samples;
}

/** The image, or grey of its size where there is no file, or none that can be decoded. */
async function findImage({ files, size }: ImageInfo, folder: string | undefined, { boxes }: ImageGroundTruth): Promise<RgbImage> {
  const paths = files.flatMap((file) => [...(folder === undefined ? [] : [join(folder, file)]), ...(isAbsolute(file) || folder === undefined ? [file] : [])]);
  const path = paths.find((candidate) => existsSync(candidate));
  const image = path === undefined ? undefined : await decodeImage(path).catch(() => undefined);
  if (image !== undefined) return image;
  const extent = (axis: number): number => Math.ceil(Array.from(boxes).reduce((most, value, i) => (i % 2 === axis ? Math.max(most, value) : most), 64));
  const { width, height } = size ?? { width: extent(0), height: extent(1) };
  return { width, height, data: new Uint8Array(3 * width * height).fill(96) };
}
