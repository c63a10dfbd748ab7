import { restoreRng, type Rng, type RngState } from '@rcnn/geometry';
import type { LinearSvm, LinearSvmOptions } from './linear-svm.ts';
import { minedClass, type MinedClass, type MinedClassState } from './mined-class.ts';
import { svmScores } from './svm-scores.ts';

/** Options of {@link hardNegativeMiner}: R-CNN's. */
export interface HardNegativeMinerOptions {
  /** A region is a negative of a class where its overlap with the class's objects is below this. */
  readonly negativeOverlap?: number;
  /** A negative is hard, and kept, where its score is above this. */
  readonly hardThreshold?: number;
  /** A negative is thrown out again where its score is below this after a training. */
  readonly evictThreshold?: number;
  /** A class is trained anew when more negatives than this have come in since the last time. */
  readonly retrainLimit?: number;
  /** Of the classifiers. */
  readonly svm?: Omit<LinearSvmOptions, 'initial'>;
}

/** What one image did to a {@link HardNegativeMiner}. */
export interface MinedImage {
  /** Negatives that came in, of all classes. */
  readonly added: number;
  /** The classes that were trained anew, 1…K. */
  readonly retrained: readonly number[];
}

/** What {@link restoreHardNegativeMiner} goes on from: plain numbers, safe to write as JSON. */
export interface HardNegativeMinerState {
  /** How many images have been seen. */
  readonly images: number;
  readonly rng: RngState;
  readonly classes: readonly MinedClassState[];
}

/** Linear classifiers in training, one a class, that see one image's regions at a time. */
export interface HardNegativeMiner {
  /**
   * Takes the hard negatives of one image; all its negatives if it is the first. What it keeps of `features` it copies.
   * @param image its number, by which regions are told apart: a region that is in already does not come in again
   * @param features [R, D], scaled as the positives are
   * @param overlaps [R, K], of each region with each class's objects; see `classOverlaps`
   */
  readonly add: (image: number, features: Float32Array, overlaps: Float32Array) => MinedImage;
  /** Trains every class a last time. The classifiers, class 1 first. @throws RangeError if a class has neither objects nor negatives */
  readonly finish: () => readonly LinearSvm[];
  /** The classifiers as they are, class 1 first; all weights are 0 before the first image. */
  readonly svms: () => readonly LinearSvm[];
  /** How many negatives each class holds, class 1 first. */
  readonly negatives: () => readonly number[];
  /** All but the features. */
  readonly state: () => HardNegativeMinerState;
}

/**
 * Hard negative mining for all classes in one pass over the images (R-CNN, §2.3 and its own code): the first image gives
 * all its negatives and the first classifiers; each one after it gives those that score above `hardThreshold`; a class that
 * has taken in more than `retrainLimit` is trained anew, from where it was, and evicts what has become easy.
 * @param positives the features of each class's objects, class 1 first, [Pₖ, D] each; kept, not copied
 * @throws RangeError (also from `add`) if features, overlaps, classes and `dimensions` D do not fit together
 */
export function hardNegativeMiner(
  positives: readonly Float32Array[],
  dimensions: number,
  options: HardNegativeMinerOptions,
  rng: Rng,
): HardNegativeMiner {
  checkPositives('hardNegativeMiner', positives, dimensions);
  return minerOf(positives.map((rows) => minedClass(rows, dimensions)), dimensions, 0, options, rng);
}

/**
 * A {@link HardNegativeMiner} that goes on from a saved state, bit for bit.
 * @param positives as they were
 * @param featuresOf the features of all regions of an image, [R, D], as they were; asked once for each image of which the
 *   state holds negatives, in ascending order
 * @throws RangeError if the state is not of these positives, or an image has not the regions that it names
 */
export async function restoreHardNegativeMiner(
  state: HardNegativeMinerState,
  positives: readonly Float32Array[],
  dimensions: number,
  featuresOf: (image: number) => Float32Array | Promise<Float32Array>,
  options: HardNegativeMinerOptions = {},
): Promise<HardNegativeMiner> {
  checkPositives('restoreHardNegativeMiner', positives, dimensions);
  const fits = ({ alphas, keys, weights }: MinedClassState, k: number): boolean =>
    weights.length === dimensions && alphas.length === positives[k].length / dimensions + keys.length / 2;
  if (state.classes.length !== positives.length || !state.classes.every(fits)) {
    throw new RangeError(`restoreHardNegativeMiner: expected the state of these ${positives.length} classes' positives, got another's`);
  }
  const wanted = new Map<number, Map<number, Float32Array>>();
  for (const { keys } of state.classes) {
    for (let i = 0; i < keys.length; i += 2) {
      const regions = wanted.get(keys[i]) ?? new Map<number, Float32Array>();
      wanted.set(keys[i], regions.set(keys[i + 1], new Float32Array(0)));
    }
  }
  for (const [image, regions] of [...wanted].sort(([a], [b]) => a - b)) {
    const features = await featuresOf(image);
    for (const region of regions.keys()) {
      const row = features.slice(region * dimensions, (region + 1) * dimensions);
      if (row.length !== dimensions) {
        throw new RangeError(`restoreHardNegativeMiner: expected a region ${region} of image ${image}, got ${features.length / dimensions} regions`);
      }
      regions.set(region, row);
    }
  }
  const rowOf = (image: number, region: number): Float32Array => wanted.get(image)?.get(region) ?? new Float32Array(dimensions);
  const classes = positives.map((rows, k) => minedClass(rows, dimensions, state.classes[k], rowOf));
  return minerOf(classes, dimensions, state.images, options, restoreRng(state.rng));
}

function minerOf(
  classes: readonly MinedClass[],
  dimensions: number,
  seen: number,
  { negativeOverlap = 0.3, hardThreshold = -1.0001, evictThreshold = -1.2, retrainLimit = 2000, svm = {} }: HardNegativeMinerOptions,
  rng: Rng,
): HardNegativeMiner {
  let images = seen;
  const svms = (): LinearSvm[] => classes.map((each) => each.svm());
  return {
    add: (image, features, overlaps) => {
      const regions = features.length / dimensions;
      if (overlaps.length !== regions * classes.length) {
        throw new RangeError(`hardNegativeMiner: expected ${dimensions} features and ${classes.length} overlaps a region, got ${features.length} and ${overlaps.length}`);
      }
      const first = images === 0;
      const scores = first ? undefined : svmScores(svms(), features);
      const rows = new Map<number, Float32Array>(); // copies, shared by the classes that keep them
      const retrained: number[] = [];
      let added = 0;
      images++;
      classes.forEach((each, k) => {
        for (let region = 0; region < regions; region++) {
          const at = region * classes.length + k;
          if (!(overlaps[at] < negativeOverlap) || (scores && !(scores[at] > hardThreshold)) || each.has(image, region)) {
            continue;
          }
          const row = rows.get(region) ?? features.slice(region * dimensions, (region + 1) * dimensions);
          rows.set(region, row);
          each.add(image, region, row);
          added++;
        }
        if ((first && each.negatives() > 0) || each.added() > retrainLimit) {
          each.train(svm, evictThreshold, rng);
          retrained.push(k + 1);
        }
      });
      return { added, retrained };
    },
    finish: () => {
      const empty = classes.findIndex((each) => each.examples() === 0);
      if (empty >= 0) throw new RangeError(`hardNegativeMiner: expected an example of every class, got none of class ${empty + 1}`);
      classes.forEach((each) => each.train(svm, evictThreshold, rng));
      return svms();
    },
    svms,
    negatives: () => classes.map((each) => each.negatives()),
    state: () => ({ images, rng: rng.state(), classes: classes.map((each) => each.state()) }),
  };
}

function checkPositives(caller: string, positives: readonly Float32Array[], dimensions: number): void {
  const wrong = positives.findIndex((rows) => rows.length % dimensions !== 0);
  if (wrong >= 0 || !(dimensions > 0)) {
    throw new RangeError(`${caller}: expected whole rows of ${dimensions} features, got ${positives[wrong]?.length ?? 0} numbers of class ${wrong + 1}`);
  }
}
