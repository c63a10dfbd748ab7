import * as tf from '@tensorflow/tfjs-core';
import { scaleBoxes, takeBoxes, type Boxes, type RgbImage } from '@rcnn/geometry';
import { pyramidRoiAlign, pyramidRoiPool, sortByLevel } from '@rcnn/heads';
import { spatialPyramidPool, sppWindows, warpRegions } from '@rcnn/roi-ops';
import { searchRegions } from '../search-regions.ts';
import { createHeads, type Heads } from './heads.ts';
import { createTrunk, type OpenedModel, type Trunk } from './trunk.ts';

/** The parts of the five systems that are timed, in their order. */
export const measuredParts = [
  'selectiveSearch', 'regionConvolutions', 'imageConvolutions', 'pyramidPooling', 'manyRegions', 'regionProposals', 'fewRegions', 'masks',
] as const;

/** One of {@link measuredParts}. */
export type MeasuredPart = (typeof measuredParts)[number];

/** Milliseconds of each part, and of how many regions. */
export interface MeasureSystemsOutput {
  readonly milliseconds: Readonly<Record<MeasuredPart, number>>;
  /** Boxes of selective search, those of the RPN, and the regions whose convolutions were run one by one. */
  readonly searched: number;
  readonly proposed: number;
  readonly convolved: number;
  readonly masked: number;
}

/** How often each short part is run; the median counts. */
const repetitions = 5;
/** Regions whose convolutions are run; the rest is extrapolated. */
const convolvedRegions = 8;
/** Regions that the mask head is run on at least, so that there is something to time on an image without objects. */
const maskedRegions = 5;

/**
 * Times the parts that the five systems are made of, on one image and with one network: what differs is what each system runs how
 * often, not whose network it is.
 */
export async function measureSystems(image: RgbImage, model: OpenedModel, onPart: (part: MeasuredPart, at: number) => Promise<void>): Promise<MeasureSystemsOutput> {
  const [trunk, heads] = [createTrunk(model), createHeads(model)];
  try {
    return await measure(image, model, trunk, heads, onPart);
  } finally {
    trunk.dispose();
    heads.dispose();
  }
}

async function measure(image: RgbImage, { config }: OpenedModel, trunk: Trunk, heads: Heads, onPart: (part: MeasuredPart, at: number) => Promise<void>): Promise<MeasureSystemsOutput> {
  const milliseconds: Partial<Record<MeasuredPart, number>> = {};
  const time = async (part: MeasuredPart, run: () => tf.Tensor | Promise<unknown>, times = repetitions): Promise<void> => {
    await onPart(part, measuredParts.indexOf(part));
    if (times > 1) await settle(run());
    const taken: number[] = [];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      await settle(run());
      taken.push(performance.now() - began);
    }
    milliseconds[part] = taken.sort((a, b) => a - b)[Math.floor(times / 2)];
  };

  let searched = takeBoxes(new Float32Array() as Boxes, []);
  await time('selectiveSearch', () => Promise.resolve((searched = searchRegions(image, { mode: 'fast', seed: 1 }))), 1);
  const { pixels, input, size } = trunk.take(image);
  const toInput = (boxes: Boxes): Boxes => scaleBoxes(boxes, size.width / image.width, size.height / image.height);

  const first = takeBoxes(searched, Array.from({ length: Math.min(convolvedRegions, searched.length / 4) }, (_, i) => i));
  const side = config.image.minSize;
  const { mean, std } = config.image;
  const crops = (): tf.Tensor4D => tf.tensor4d(
    warpRegions(image, first, { size: side, padding: Math.round((16 * side) / 227), mean: mean.map((value) => 255 * value), deviation: [255 * std[0], 255 * std[1], 255 * std[2]] }),
    [first.length / 4, side, side, 3],
  );
  await time('regionConvolutions', () => lastMap(trunk, crops()));
  await time('imageConvolutions', () => lastMap(trunk, tf.clone(pixels)));

  const maps = trunk.maps(pixels);
  const levels = maps.slice(0, -1);
  const regions = (boxes: Boxes): ReturnType<typeof sortByLevel> => sortByLevel({ boxes, images: new Int32Array(boxes.length / 4) }, levels, input, config.box);
  const many = toInput(searched);
  const stride = input.width / levels[0].shape[2];
  const windows = sppWindows(many, { width: levels[0].shape[2], height: levels[0].shape[1] }, { geometry: { step: stride, offset0: 1, offset: (stride + 1) / 2 } });
  await time('pyramidPooling', () => spatialPyramidPool(levels[0], windows, new Int32Array(windows.length / 4)));
  await time('manyRegions', () => tf.tidy(() => heads.box(pyramidRoiPool(levels, regions(many), input, { outputSize: config.box.resolution })).logits));

  let few = many;
  await time('regionProposals', async () => {
    few = trunk.propose(await trunk.predict(maps), trunk.anchors(maps, input), size).boxes;
  });
  await time('fewRegions', () => tf.tidy(() => heads.box(pyramidRoiAlign(levels, regions(few), input, { ...config.box, outputSize: config.box.resolution })).logits));
  const best = takeBoxes(few, Array.from({ length: Math.min(maskedRegions, few.length / 4) }, (_, i) => i));
  await time('masks', () => tf.tidy(() => heads.mask(pyramidRoiAlign(levels, regions(best), input, { ...config.box, outputSize: config.mask.resolution }))));
  tf.dispose([pixels, ...maps]);
  return { milliseconds: milliseconds as Record<MeasuredPart, number>, searched: searched.length / 4, proposed: few.length / 4, convolved: first.length / 4, masked: best.length / 4 };
}

/** Runs the convolutions and frees all but the last map, which waits for the others. */
function lastMap(trunk: Trunk, pixels: tf.Tensor4D): tf.Tensor {
  const maps = trunk.maps(pixels);
  tf.dispose([pixels, ...maps.slice(1)]);
  return maps[0];
}

/** Waits for what a part computes, read back so that no engine puts it off, and frees it. */
async function settle(result: tf.Tensor | Promise<unknown>): Promise<void> {
  if (result instanceof Promise) return void (await result);
  await result.data();
  result.dispose();
}
