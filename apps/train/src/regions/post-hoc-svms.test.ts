import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readDataset, readExampleImage } from '@rcnn/datasets/node';
import { concatBoxes, createRng, type Boxes } from '@rcnn/geometry';
import { classOverlaps, hardNegativeMiner } from '@rcnn/heads';
import { fastRcnn } from '@rcnn/models';
import { readSafetensors, toFloat32, type StateDict } from '@rcnn/weights';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import { searchImages, type ImageToSearch } from '../proposals/search-images.ts';
import type * as SearchModule from '../proposals/search-images.ts';
import { ablate } from '../run/ablate-command.ts';
import { readModel } from '../run/checkpoint.ts';
import { compress } from '../run/compress-command.ts';
import { detect } from '../run/detect-command.ts';
import { evaluate } from '../run/eval-command.ts';
import { readRunConfig, runDirectory } from '../run/run-directory.ts';
import { train } from '../run/train-command.ts';
import { isFastRcnnRun } from './post-hoc-run.ts';
import { temporaryShapes } from './testing/temporary-shapes.ts';

/** Worker threads take longer to start than these images to search: each image is searched once. */
vi.mock('../proposals/search-images.ts', async (importOriginal) => {
  const original = await importOriginal<typeof SearchModule>();
  const known = new Map<string, Boxes>();
  return {
    searchImages: async (images: readonly ImageToSearch[], settings: SearchSettings) => {
      const fresh = images.filter(({ file }) => !known.has(file));
      if (fresh.length > 0) (await original.searchImages(fresh, settings)).forEach((boxes, file) => known.set(file, boxes));
      return new Map([...known].filter(([known]) => images.some(({ file }) => file === known)));
    },
  };
});

const { at, data, said, forget } = temporaryShapes('post-hoc', { classes: ['circle', 'square'] });
const set = [
  'model.backbone.width=0.125', 'model.fpn.channels=8', 'model.regions.hidden=[16,12]', 'model.svm.retrainAfter=50', 'training.epochs=2', 'training.warmupSteps=2',
  'training.replicas=1',
];
const options = { data, split: 'train', engine: 'wasm', seed: 1, onProblem: 'refuse', model: 'fast-rcnn', backbone: 'resnet18-fpn' } as const;
const tensorsOf = (...path: string[]): StateDict => readSafetensors(readFileSync(at(...path))).tensors;
const bytesOf = (...path: string[]): Buffer => readFileSync(at(...path));
const numbers = (tensors: StateDict, name: string): number[] => [...toFloat32(tensors.get(name) ?? { shape: [0], data: new Float32Array(0) }).data];

beforeAll(async () => {
  await train({ ...options, out: at('softmax'), set });
  await train({ ...options, out: at('svm'), set: [...set, 'model.classifier=svm'] });
});

describe('a run of Fast R-CNN with a softmax', () => {
  it('has no SVMs until eval --ablations has trained them', async () => {
    await expect(evaluate({ run: at('softmax'), split: 'test', engine: 'wasm', classifier: 'svm' })).rejects.toThrow(
      `${at('softmax')}: has no SVMs; rcnn eval --run ${at('softmax')} --ablations trains them`,
    );
    const { summary, report } = await ablate({ run: at('softmax'), split: 'test', engine: 'wasm' });
    expect(summary.rows.map(({ name }) => name)).toEqual(['Fast R-CNN softmax', 'Fast R-CNN SVM']);
    expect(readFileSync(report, 'utf8')).toContain('Fast R-CNN SVM');
    expect(readdirSync(at('softmax', 'svms')).sort()).toEqual(['features-train', 'svms.safetensors']);
    for (const [row, classifier] of [[0, 'softmax'], [1, 'svm']] as const) {
      const { summary: own } = await evaluate({ run: at('softmax'), split: 'test', engine: 'wasm', classifier });
      expect(own['mAP@.5']).toBe(summary.rows[row].mAP);
      expect(existsSync(at('softmax', `evaluation-test-${classifier}.json`))).toBe(true);
    }
  });

  it('learns them from its features of the objects and of the regions that overlap none of a class', async () => {
    const config = readRunConfig(runDirectory(at('softmax')));
    if (!isFastRcnnRun(config)) throw new Error('expected a Fast R-CNN');
    const model = fastRcnn(config.model, createRng(1));
    readModel(at('softmax', 'model.safetensors'), model);
    const { examples } = await readDataset(data, { split: 'train', onProblem: 'refuse' });
    const proposals = await searchImages(examples, config.proposals);
    const images: { features: Float32Array; overlaps: Float32Array; labels: Int32Array }[] = [];
    for (const example of examples) {
      const { boxes, labels } = example.groundTruth;
      const regions = concatBoxes([boxes, proposals.get(example.file) ?? boxes]);
      images.push({ features: await model.features(await readExampleImage(example), regions), overlaps: classOverlaps(regions, { boxes, labels }, 2), labels });
    }
    model.dispose();
    const rows = images.flatMap(({ features }) => Array.from({ length: features.length / 12 }, (_, i) => features.subarray(12 * i, 12 * i + 12)));
    const scale = (20 * rows.length) / rows.reduce((sum, row) => sum + Math.hypot(...row), 0);
    const scaled = images.map(({ features }) => features.map((value) => value * scale));
    const positives = [1, 2].map((label) =>
      Float32Array.from(images.flatMap(({ labels }, i) => [...labels.keys()].filter((n) => labels[n] === label).flatMap((n) => [...scaled[i].subarray(12 * n, 12 * n + 12)]))),
    );
    const { evictThreshold } = config.model.svm;
    expect(evictThreshold).toBe(-1.1);
    const miner = hardNegativeMiner(positives, 12, { retrainLimit: 50, evictThreshold }, createRng(1));
    images.forEach(({ overlaps }, i) => miner.add(i, scaled[i], overlaps));
    const svms = miner.finish();
    const found = tensorsOf('softmax', 'svms', 'svms.safetensors');
    // The cache rounds features to 16 bits.
    svms.forEach(({ weights, bias }, k) => {
      expect(numbers(found, 'bias')[k]).toBeCloseTo(bias, 2);
      weights.forEach((weight, d) => expect(numbers(found, 'weight')[2 * d + k] / scale).toBeCloseTo(weight, 2));
    });
  });

  it('detects by either', async () => {
    const file = at('shapes', 'JPEGImages', readdirSync(at('shapes', 'JPEGImages'))[0]);
    const scores = async (classifier?: 'softmax' | 'svm'): Promise<number[]> => {
      const { images } = await detect([file], { run: at('softmax'), engine: 'wasm', minScore: 0, json: true, ...(classifier && { classifier }) });
      return images[0].detections.map(({ score }) => score);
    };
    const [own, softmax, svm] = [await scores(), await scores('softmax'), await scores('svm')];
    expect(own).toEqual(softmax);
    expect(svm.length).toBeGreaterThan(0);
    expect(svm).not.toEqual(softmax);
  });

  it('says which file of SVMs is damaged, and trains them anew', async () => {
    cpSync(at('softmax'), at('damaged'), { recursive: true });
    const file = at('damaged', 'svms', 'svms.safetensors');
    writeFileSync(file, readFileSync(file).subarray(0, 40));
    await expect(evaluate({ run: at('damaged'), split: 'test', engine: 'wasm', classifier: 'svm' })).rejects.toThrow(`${file}: `);
    await ablate({ run: at('damaged'), split: 'test', engine: 'wasm' });
    expect(bytesOf('damaged', 'svms', 'svms.safetensors').equals(bytesOf('softmax', 'svms', 'svms.safetensors'))).toBe(true);
    expect(said()).not.toContain('features of train');
  });
});

describe('a run of Fast R-CNN with SVMs', () => {
  it('is the network of the run with a softmax, with the SVMs that are trained on that one', () => {
    const [svm, softmax] = [tensorsOf('svm', 'model.safetensors'), tensorsOf('softmax', 'model.safetensors')];
    for (const [name, { data: values }] of softmax) expect(svm.get(name)?.data).toEqual(values);
    const learnt = tensorsOf('softmax', 'svms', 'svms.safetensors');
    expect(numbers(svm, 'svms.bias')).toEqual(numbers(learnt, 'bias'));
    expect(numbers(svm, 'svms.threshold')).toEqual(numbers(learnt, 'threshold'));
    expect(numbers(svm, 'svms.weight').slice(0, 12)).toEqual(numbers(learnt, 'weight').filter((_, i) => i % 2 === 0));
    expect(numbers(svm, 'svms.bias').every((bias) => bias !== 0)).toBe(true);
  });

  it('is evaluated by them, or by its softmax where that is asked for', async () => {
    const mAP = async (run: string, classifier?: 'softmax' | 'svm') => (await evaluate({ run: at(run), split: 'train', engine: 'wasm', ...(classifier && { classifier }) })).summary['mAP@.5'];
    expect(await mAP('svm')).toBe(await mAP('softmax', 'svm'));
    expect(await mAP('svm', 'softmax')).toBe(await mAP('softmax'));
    expect(await mAP('svm')).not.toBe(await mAP('softmax'));
  });

  it('goes on with --resume after the network, to the same model bit for bit, and says meanwhile what it lacks', async () => {
    cpSync(at('svm'), at('killed'), { recursive: true });
    for (const name of ['model.safetensors', 'svms/svms.safetensors', 'svms/features-train/000000.features']) rmSync(at('killed', name));
    await expect(evaluate({ run: at('killed'), split: 'test', engine: 'wasm' })).rejects.toThrow(
      `${at('killed')}: its SVMs are not trained yet; rcnn train --resume goes on, --classifier softmax does without them`,
    );
    await evaluate({ run: at('killed'), split: 'test', engine: 'wasm', classifier: 'softmax' });
    forget();
    await train({ ...options, out: at('killed'), set: [], resume: true });
    expect(said()).not.toContain('steps');
    expect(said()).toContain('features of train');
    expect(bytesOf('killed', 'model.safetensors').equals(bytesOf('svm', 'model.safetensors'))).toBe(true);
  });

  it('loses them with the layers that they were learnt on when it is compressed', async () => {
    await compress({ run: at('svm'), ranks: '8,6', out: at('thin'), engine: 'wasm' });
    expect(readRunConfig(runDirectory(at('thin'))).model).toMatchObject({ classifier: 'softmax' });
    expect([...tensorsOf('thin', 'model.safetensors').keys()].filter((name) => name.startsWith('svms.'))).toEqual([]);
    await evaluate({ run: at('thin'), split: 'test', engine: 'wasm' });
  });
});

describe('--classifier', () => {
  it('is for runs of Fast R-CNN alone', async () => {
    const set = ['model.backbone.width=0.125', 'model.fpn.channels=8', 'model.box.hidden=8', 'training.epochs=0.2', 'training.replicas=1'];
    await train({ ...options, model: 'faster-rcnn', out: at('faster'), set });
    await expect(evaluate({ run: at('faster'), split: 'test', engine: 'wasm', classifier: 'svm' })).rejects.toThrow(
      `option '--classifier': expected a run of fast-rcnn with a search for its regions, got ${at('faster')}, one of faster-rcnn`,
    );
  });
});
