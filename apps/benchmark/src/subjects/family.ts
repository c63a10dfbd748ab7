import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateShapes } from '@rcnn/datasets';
import { decodeImage } from '@rcnn/datasets/node';
import { prepareEngine } from '@rcnn/engine';
import { createRng, takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import { selectiveSearch } from '@rcnn/proposals';
import { type Row, type Subject } from '../subject.ts';
import { endToEnd } from './family/end-to-end.ts';
import type { FamilyMember } from './family/family-member.ts';
import { memberRows, timed, timeMember, type MemberTimes } from './family/measure-member.ts';
import { createRcnn, regionClassifiers } from './family/region-classifiers.ts';

const photos = fileURLToPath(new URL('../../../../../shared/data/photos', import.meta.url));

/**
 * The time of one image, system by system and part by part: R-CNN, SPPnet, Fast and Faster R-CNN on SqueezeNet, Faster and Mask
 * R-CNN on ResNet-50 with a pyramid. Regions are 2000 boxes of selective search, or as many as RCNN_BENCH_REGIONS says, where a
 * system does not propose its own. The peer of every system is R-CNN, so that the ratio is how many times faster it is; beside
 * it the papers' times and ratio, on VGG16 and a GPU of 2014. Weights are random, which changes no time but those of suppression.
 */
export const family: Subject = {
  cases: () => Promise.resolve([]),
  figures: async () => {
    const { name: engine } = await prepareEngine();
    const image = await readBenchmarkImage();
    const count = Number(process.env.RCNN_BENCH_REGIONS ?? 2000);
    const { boxes } = selectiveSearch(image, { mode: 'fast', max: count });
    const search = await timed(() => Promise.resolve(selectiveSearch(image, { mode: 'fast', max: count })));
    const rows: Row[] = [];
    let slowest: { readonly times: MemberTimes; readonly published: FamilyMember['published'] } | null = null;
    const plans = [...regionClassifiers(image, boxes), ...endToEnd(image, boxes)];
    for (const [i, plan] of plans.entries()) {
      process.stderr.write(`${i + 1}/${plans.length} ${plan.name}, ${boxes.length / 4} boxes of selective search\n`);
      const member = plan.open();
      const times = await timeMember(member, search);
      member.dispose();
      rows.push(...memberRows(member, times, engine, slowest));
      slowest ??= { times, published: member.published };
    }
    rows.push(await batching(engine, image, boxes));
    return rows;
  },
};

/** What R-CNN gains from taking regions in batches; the same features. */
async function batching(engine: string, image: RgbImage, boxes: Boxes): Promise<Row> {
  const model = createRcnn();
  const some = takeBoxes(boxes, Array.from({ length: Math.min(32, boxes.length / 4) }, (_, i) => i));
  const single = async (): Promise<void> => {
    for (let i = 0; i < some.length / 4; i++) await model.pool5(image, takeBoxes(some, [i]));
  };
  await model.pool5(image, some);
  await single();
  const [ms, peerMs] = [await timed(() => model.pool5(image, some)), await timed(single)];
  model.dispose();
  return { name: `R-CNN, ${some.length / 4} crops in one batch`, engine, ms, peer: 'crop by crop', peerMs, ratio: peerMs / ms };
}

/** A photograph, or shapes where there is none. */
export async function readBenchmarkImage(): Promise<RgbImage> {
  const name = existsSync(photos) ? readdirSync(photos).find((file) => file.endsWith('.jpg')) : undefined;
  if (name !== undefined) return decodeImage(join(photos, name));
  return generateShapes(createRng(1), { size: 600 }).image;
}
