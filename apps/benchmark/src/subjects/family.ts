import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateShapes } from '@rcnn/datasets';
import { decodeImage } from '@rcnn/datasets/node';
import { prepareEngine } from '@rcnn/engine';
import { createRng, takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import { paperRcnn, paperSppnet, rcnn, sppnet, type RegionDetector } from '@rcnn/models';
import { selectiveSearch } from '@rcnn/proposals';
import { type Row, type Subject } from '../subject.ts';

const photos = fileURLToPath(new URL('../../../../../shared/data/photos', import.meta.url));

/** A member of the family: what finds objects in the image, and what of it is convolutions. */
export interface FamilyMember {
  readonly name: string;
  readonly detect: () => Promise<unknown>;
  /** The convolutions alone, of the whole image or of some crops, … */
  readonly convolutions: () => Promise<unknown>;
  /** … and how many times as many there are. */
  readonly times: number;
  readonly dispose: () => void;
}

/**
 * The time of one image, system by system, with the same network and the same proposals: SqueezeNet and 2000 boxes of
 * selective search, or as many as RCNN_BENCH_REGIONS says. The peer of every system is R-CNN, so that the ratio is how many
 * times faster it is. Weights are random, which changes no time.
 */
export const family: Subject = {
  cases: () => Promise.resolve([]),
  figures: async () => {
    const { name: engine } = await prepareEngine();
    const image = await readImage();
    const count = Number(process.env.RCNN_BENCH_REGIONS ?? 2000);
    const search = await timed(() => Promise.resolve(selectiveSearch(image, { mode: 'fast', max: count })));
    const { boxes } = search.result;
    const regions = boxes.length / 4;
    const rows: Row[] = [row({ name: `proposals: selective search, ${regions} boxes, common to all`, engine: 'node', ms: search.ms })];
    let slowest: Record<Part, number> | undefined;
    for (const member of members(image, boxes)) {
      process.stderr.write(`${member.name}\n`);
      await member.convolutions(); // for the compiler, and for kernels to be set up
      const convolutions = member.times * (await timed(member.convolutions)).ms;
      const { ms } = await timed(member.detect);
      member.dispose();
      const parts: Record<Part, number> = { whole: ms, convolutions, regions: Math.max(0, ms - convolutions) };
      slowest ??= parts;
      for (const part of ['whole', 'convolutions', 'regions'] as const) {
        rows.push(row({ name: `${member.name}${titles[part]}`, engine, ms: parts[part], ...(parts === slowest ? {} : { peerMs: slowest[part] }) }));
      }
    }
    rows.push(await batching(engine, image, boxes));
    return rows;
  },
};

type Part = 'whole' | 'convolutions' | 'regions';
const titles: Readonly<Record<Part, string>> = { whole: ', an image', convolutions: ': convolutions', regions: ': layers of regions, scores, suppression' };

/** Shared by all: everything looked at, every region moved. */
const common = { regions: { nmsThreshold: 1, train: 2000, test: Infinity } } as const;

function members(image: RgbImage, boxes: Boxes): FamilyMember[] {
  const ofRegions = (name: string, create: () => RegionDetector, convolved: Boxes, times: number): FamilyMember => {
    let model: RegionDetector | undefined;
    const opened = (): RegionDetector => (model ??= create());
    return {
      name,
      convolutions: () => opened().pool5(image, convolved),
      times,
      detect: () => opened().detect([image], [boxes]),
      dispose: () => model?.dispose(),
    };
  };
  // Of an SPPnet one region is enough for the maps of the whole image to be computed.
  const one = takeBoxes(boxes, [0]);
  const batch = takeBoxes(boxes, Array.from({ length: Math.min(256, boxes.length / 4) }, (_, i) => i));
  const single = { ...paperSppnet(['object'], 'squeezenet1_0'), ...common, scales: [688] };
  return [
    ofRegions('R-CNN, 227 px crops', () => rcnn({ ...paperRcnn(['object'], 'squeezenet1_0'), ...common }, createRng(1)), batch, boxes.length / batch.length),
    ofRegions('SPPnet, five scales', () => sppnet({ ...paperSppnet(['object'], 'squeezenet1_0'), ...common }, createRng(1)), one, 1),
    ofRegions('SPPnet, one scale', () => sppnet(single, createRng(1)), one, 1),
  ];
}

/** What R-CNN gains from taking regions in batches; the same features. */
async function batching(engine: string, image: RgbImage, boxes: Boxes): Promise<Row> {
  const model = rcnn({ ...paperRcnn(['object'], 'squeezenet1_0'), ...common }, createRng(1));
  const some = takeBoxes(boxes, Array.from({ length: Math.min(32, boxes.length / 4) }, (_, i) => i));
  const single = async (): Promise<void> => {
    for (let i = 0; i < some.length / 4; i++) await model.pool5(image, takeBoxes(some, [i]));
  };
  await model.pool5(image, some);
  await single();
  const [together, apart] = [await timed(() => model.pool5(image, some)), await timed(single)];
  model.dispose();
  return row({ name: `R-CNN, ${some.length / 4} crops in one batch`, engine, ms: together.ms, peer: 'crop by crop', peerMs: apart.ms });
}

function row({ name, engine, ms, peer = 'R-CNN', peerMs = null }: { name: string; engine: string; ms: number; peer?: string; peerMs?: number | null }): Row {
  return { name, engine, ms, peer: peerMs === null ? null : peer, peerMs, ratio: peerMs === null || ms === 0 ? null : peerMs / ms };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start };
}

/** A photograph, or shapes where there is none. */
async function readImage(): Promise<RgbImage> {
  const name = existsSync(photos) ? readdirSync(photos).find((file) => file.endsWith('.jpg')) : undefined;
  if (name !== undefined) return decodeImage(join(photos, name));
  return generateShapes(createRng(1), { size: 600 }).image;
}
