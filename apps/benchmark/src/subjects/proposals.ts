import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage, readDataset } from '@rcnn/datasets/node';
import { averageBestOverlap, proposalRecall, type ImageGroundTruth, type ImageProposals } from '@rcnn/eval';
import type { RgbImage } from '@rcnn/geometry';
import { selectiveSearch } from '@rcnn/proposals';

import { median } from '../measure.ts';
import { type PythonPeer } from '../python-peer.ts';
import { type Row, type Subject } from '../subject.ts';

const root = fileURLToPath(new URL('../../../../../shared/data/voc-sample', import.meta.url));
const budgets = [100, 500, 1000, 2000];

interface Photo {
  readonly image: RgbImage;
  readonly truth: ImageGroundTruth;
}

/**
 * Selective search beside OpenCV's on photographs of Pascal VOC: every tenth of the hundred in ../shared/data/voc-sample, or
 * as many as RCNN_BENCH_PHOTOS says (all: about 25 minutes). A row for the time, median over the photos, and one for each
 * number of boxes with what is recalled.
 */
export const proposals: Subject = {
  peer: 'proposals.py',
  cases: () => Promise.resolve([]),
  figures: async (peer) => {
    const photos = await readPhotos(Number(process.env.RCNN_BENCH_PHOTOS ?? 10));
    const rows: Row[] = [];
    for (const mode of ['fast', 'quality'] as const) rows.push(...(await compare(photos, mode, peer)));
    return rows;
  },
};

async function readPhotos(count: number): Promise<Photo[]> {
  const splits = readdirSync(join(root, 'ImageSets/Main')).map((name) => name.replace('.txt', ''));
  const wanted = splits.filter((split) => ['trainval', 'test'].includes(split));
  const datasets = await Promise.all(wanted.map((split) => readDataset(root, { split })));
  const examples = datasets.flatMap((dataset) => dataset.examples);
  const step = Math.max(1, Math.floor(examples.length / count));
  return Promise.all(
    examples
      .filter((_, i) => i % step === 0)
      .map(async ({ file, id, groundTruth }) => ({ image: await decodeImage(file), truth: { image: id, ...groundTruth } })),
  );
}

async function compare(photos: readonly Photo[], mode: 'fast' | 'quality', peer: PythonPeer | null): Promise<Row[]> {
  const ours: ImageProposals[] = [];
  const theirs: ImageProposals[] = [];
  const times: number[] = [];
  const peerTimes: number[] = [];
  for (let i = 0; i < 3; i++) selectiveSearch(photos[i % photos.length].image, { mode }); // for the compiler
  for (const [i, { image, truth }] of photos.entries()) {
    const start = performance.now();
    const { boxes } = selectiveSearch(image, { mode });
    times.push(performance.now() - start);
    ours.push({ image: truth.image, boxes });
    if (peer === null) continue;
    const shape = [image.height, image.width, 3];
    await peer.prepare({ operation: 'selectiveSearch', arrays: { image: { data: Int32Array.from(image.data), shape } }, options: { mode, seed: i + 1 } });
    peerTimes.push(await peer.time());
    theirs.push({ image: truth.image, boxes: await peer.result() });
  }
  const [ms, peerMs] = [median(times), peer === null ? null : median(peerTimes)];
  const common = { engine: 'node', ms, peer: peer?.name ?? null, peerMs, ratio: peerMs === null ? null : peerMs / ms };
  const truths = photos.map(({ truth }) => truth);
  return [
    { name: `selective search, ${mode}, median of ${photos.length} photos`, ...common },
    ...budgets.map((budget) => ({
      name: `  its first ${budget} boxes`,
      ...common,
      recall: recallOf(truths, ours, budget),
      peerRecall: peer === null ? null : recallOf(truths, theirs, budget),
    })),
  ];
}

function recallOf(truths: readonly ImageGroundTruth[], found: readonly ImageProposals[], budget: number): NonNullable<Row['recall']> {
  const { recall } = proposalRecall(truths, found, { budgets: [budget], iouThresholds: [0.5, 0.7], matching: 'best' });
  return { boxes: budget, at50: recall[0], at70: recall[1], mabo: averageBestOverlap(truths, found, { budget }).mabo };
}
