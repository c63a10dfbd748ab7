import { prepareEngine } from '@rcnn/engine';
import { createRng, takeBoxes } from '@rcnn/geometry';
import { createRegionNetwork, fastRcnn, paperFastRcnnL, type RanksConfig } from '@rcnn/models';
import { createParameters } from '@rcnn/nn';
import { selectiveSearch } from '@rcnn/proposals';
import * as tf from '@tensorflow/tfjs-core';
import type { Row, Subject } from '../subject.ts';
import { readBenchmarkImage } from './family.ts';
import { timed } from './family/measure-member.ts';

/** Ranks of fc6 and fc7 in Fast R-CNN, §3.1 and §4.4. */
const ranks = [1024, 256] as const;

/** Milliseconds before and after: fc6 and fc7 of Figure 2, and the test rates of model L in Table 4. */
const published = {
  head: { before: 122 + 20, after: 37 + 4, source: 'Fast R-CNN, Figure 2' },
  whole: { before: 320, after: 220, source: 'Fast R-CNN, Table 4' },
};

/**
 * What truncated SVD of fc6 and fc7 spares a Fast R-CNN on VGG16: its head and the whole detection, of 2000 regions or as many as
 * RCNN_BENCH_REGIONS says, beside the same uncompressed and the paper's figures. Weights are random, which changes no time.
 */
export const svd: Subject = {
  cases: () => Promise.resolve([]),
  figures: async () => {
    const { name: engine } = await prepareEngine();
    const image = await readBenchmarkImage();
    const { boxes } = selectiveSearch(image, { mode: 'fast', max: Number(process.env.RCNN_BENCH_REGIONS ?? 2000) });
    const count = boxes.length / 4;
    const row = (name: string, [before, after]: readonly [number, number], paper: (typeof published)['head']): Row => ({
      name, engine, ms: after, peer: 'whole layers', peerMs: before, ratio: before / after,
      published: { ms: paper.after, ratio: paper.before / paper.after, source: paper.source },
    });
    const say = (line: string): boolean => process.stderr.write(`${line}, ${count} regions\n`);
    say('fc6 and fc7 of VGG16');
    const head = [await timeHead(count, null), await timeHead(count, ranks)] as const;
    say('Fast R-CNN on VGG16');
    const detect = async (chosen: RanksConfig): Promise<number> => {
      const model = fastRcnn({ ...paperFastRcnnL(['object']), regions: { kind: 'network', ranks: chosen } }, createRng(1));
      await model.detect([image], [takeBoxes(boxes, [0])]); // for the compiler, and for kernels to be set up
      const ms = await timed(() => model.detect([image], [boxes]));
      model.dispose();
      return ms;
    };
    const whole = [await detect(null), await detect(ranks)] as const;
    const name = `SVD, fc6 → ${ranks[0]}, fc7 → ${ranks[1]}`;
    return [row(`${name}: the two layers of ${count} regions`, head, published.head), row(`${name}: an image, without proposals`, whole, published.whole)];
  },
};

/** The two fully connected layers on the pooled features of so many regions. */
async function timeHead(count: number, chosen: RanksConfig): Promise<number> {
  const parameters = createParameters(createRng(1));
  const network = createRegionNetwork(parameters, { name: 'vgg16', ranks: chosen });
  const pooled = tf.ones<tf.Rank.R2>([count, network.pooledSize ** 2 * network.channels]);
  const run = async (): Promise<void> => {
    const features = tf.tidy(() => network.fc7(network.fc6(pooled)));
    await features.data();
    features.dispose();
  };
  await run();
  const ms = await timed(run);
  pooled.dispose();
  parameters.dispose();
  return ms;
}
