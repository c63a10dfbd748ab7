import { flipBoxedImage, type Dataset, type Example } from '@rcnn/datasets';
import { readExampleImage, readExampleMasks } from '@rcnn/datasets/node';
import { asKeypoints, createRng, emptyBoxes, flipBoxes, mirroredKeypoints, takeBoxes, type Boxes, type Keypoints, type RgbImage } from '@rcnn/geometry';
import type { Objects, TrainingBatch } from '@rcnn/models';
import type { RunConfig } from './run-config.ts';

/** The batches of a run, each a function of its step alone: a resumed run sees what the interrupted one would have. */
export interface Batches {
  readonly perEpoch: number;
  readonly read: (step: number) => Promise<TrainingBatch>;
}

/** What a model learns from beside images and boxes. */
export interface BatchContents {
  /** Whether to read the objects' masks. */
  readonly masks?: boolean;
  /** Names of the objects' keypoints, for a model that learns them. */
  readonly keypoints?: readonly string[] | undefined;
  /** Regions of each image, by its file. */
  readonly proposals?: ReadonlyMap<string, Boxes> | undefined;
}

/**
 * Each epoch in its own random order, with its own choice of images to mirror, both drawn from the seed. An image that
 * cannot be decoded is left out of its batch after `onDamaged` has been told, which may throw instead. A batch of which nothing would be left has
 * the next image of the epoch that can be decoded; it is empty if there is none.
 */
export function createBatches(
  { examples }: Pick<Dataset, 'examples'>,
  { seed, training }: Pick<RunConfig, 'seed' | 'training'>,
  onDamaged: (error: Error) => void,
  contents: BatchContents = {},
): Batches {
  const { batchSize, flip } = training;
  const perEpoch = Math.ceil(examples.length / batchSize);
  const plan = (epoch: number): { order: Uint32Array; mirrored: boolean[] } => {
    // An odd constant keeps the epochs of neighbouring seeds apart.
    const rng = createRng(Math.imul(seed + 1, 0x9e3779b1) + epoch);
    return { order: rng.permutation(examples.length), mirrored: examples.map(() => rng.uniform() < flip) };
  };
  let current = { epoch: -1, ...plan(0) };
  return {
    perEpoch,
    read: async (step) => {
      const epoch = Math.floor(step / perEpoch);
      if (current.epoch !== epoch) current = { epoch, ...plan(epoch) };
      const first = (step % perEpoch) * batchSize;
      const { order, mirrored } = current;
      const readSome = async (chosen: Uint32Array): Promise<ReadImage[]> => {
        const settled = await Promise.allSettled([...chosen].map((index) => readObjects(examples[index], mirrored[index], contents)));
        for (const result of settled) {
          if (result.status === 'rejected') onDamaged(result.reason as Error);
        }
        return settled.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
      };
      const chosen = order.subarray(first, first + batchSize); // the last batch of an epoch may be smaller
      let read = await readSome(chosen);
      for (let other = first + chosen.length; read.length === 0 && other < first + order.length; other++) {
        const place = other % order.length;
        read = await readSome(order.subarray(place, place + 1));
      }
      return { images: read.map(({ image }) => image), objects: read.map(({ objects }) => objects) };
    },
  };
}

interface ReadImage {
  readonly image: RgbImage;
  readonly objects: Objects;
}

/** Crowds are no single object: they are left out of training. */
async function readObjects(example: Example, mirror: boolean, contents: BatchContents): Promise<ReadImage> {
  const image = await readExampleImage(example);
  const { boxes, labels, crowd } = example.groundTruth;
  const single = [...labels.keys()].filter((i) => crowd[i] === 0);
  const masks = contents.masks ? await readExampleMasks(example) : undefined;
  const { keypoints: names } = contents;
  const boxed = {
    image,
    boxes: takeBoxes(boxes, single),
    ...(masks && { masks: single.map((i) => masks[i]) }),
    ...(names && { keypoints: takeKeypoints(example, single, names.length) }),
  };
  const seen = mirror ? flipBoxedImage(boxed, { mirrored: names && mirroredKeypoints(names) }) : boxed;
  const regions = contents.proposals && (contents.proposals.get(example.file) ?? emptyBoxes(0));
  return {
    image: seen.image,
    objects: {
      boxes: seen.boxes,
      labels: Int32Array.from(single, (i) => labels[i]),
      ...(seen.masks && { masks: seen.masks }),
      ...(seen.keypoints && { keypoints: seen.keypoints }),
      ...(regions && { proposals: mirror ? flipBoxes(regions, image.width) : regions }),
    },
  };
}

/** The keypoints of some objects; those of an image whose objects have none are not labelled. */
function takeKeypoints({ groundTruth: { keypoints } }: Example, objects: readonly number[], count: number): Keypoints {
  const taken = new Float32Array(3 * count * objects.length);
  objects.forEach((object, i) => taken.set(keypoints?.subarray(3 * count * object, 3 * count * (object + 1)) ?? [], 3 * count * i));
  return asKeypoints(taken, count);
}
