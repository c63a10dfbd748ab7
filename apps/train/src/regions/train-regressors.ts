import { createHash } from 'node:crypto';
import { createRng, encodeBoxes, takeBoxes } from '@rcnn/geometry';
import { boxRegressionPairs, ridge } from '@rcnn/heads';
import type { RegressionConfig } from '@rcnn/models';
import { createProgress } from '../progress.ts';
import type { FeatureModel, RegionFeatures } from './region-features.ts';
import { readStage, writeStage, type StageTensors } from './stage-file.ts';
import { scaleOf } from './scale-of.ts';

/** Options of {@link trainRegressors}. */
export interface TrainRegressorsOptions {
  readonly regression: RegressionConfig;
  readonly file: string;
  readonly seed: number;
  /** Classes are learnt together whose examples fit in so many bytes; each group is a pass over the cache. */
  readonly memory?: number;
}

/** The regions to learn a class's boxes from, image by image, and what to make of them. */
interface Examples {
  readonly label: number;
  readonly perImage: ReadonlyMap<number, { readonly regions: Uint32Array; readonly targets: Float32Array }>;
  readonly count: number;
}

/**
 * Ridge regression, class by class, of the boxes of regions near an object on their pool5 features (R-CNN, appendix C):
 * tensors `weight` [D, 4K], the features' scale among it, and `bias` [4K]. A class without an example leaves boxes as they
 * are. What is there already is read.
 */
export async function trainRegressors(model: FeatureModel, features: RegionFeatures, { regression, file, seed, memory = 2 ** 30 }: TrainRegressorsOptions): Promise<StageTensors> {
  const { classes, svm } = model.config;
  const key = createHash('sha256').update(JSON.stringify([features.cache.key, regression, svm.featureNorm, svm.statistics, seed, classes])).digest('hex');
  const done = readStage(file, key);
  if (done !== undefined) return done;

  const dimensions = model.dimensions.pool5;
  const scale = await scaleOf(model, features, { layer: 'pool5', norm: svm.featureNorm, seed });
  const examples = classes.map((_, k) => examplesOf(features, k + 1, regression, seed));
  const weight = new Float32Array(dimensions * 4 * classes.length);
  const bias = new Float32Array(4 * classes.length);
  const progress = createProgress({ label: 'box regressors', total: classes.length, unit: 'classes' });
  for (const group of groupsOf(examples, dimensions * 4, memory)) {
    const rows = group.map(({ count }) => new Float32Array(count * dimensions));
    const targets = group.map(({ count }) => new Float32Array(4 * count));
    const filled = group.map(() => 0);
    for await (const { image, features: pool5 } of features.cache.read(features.compute)) {
      group.forEach(({ perImage }, g) => {
        const found = perImage.get(image);
        found?.regions.forEach((region, i) => {
          rows[g].set(pool5.subarray(region * dimensions, (region + 1) * dimensions), filled[g] * dimensions);
          targets[g].set(found.targets.subarray(4 * i, 4 * i + 4), 4 * filled[g]);
          filled[g]++;
        });
      });
    }
    group.forEach(({ label, count }, g) => {
      if (count > 0) {
        const scaled = rows[g];
        for (let i = 0; i < scaled.length; i++) scaled[i] *= scale;
        const { weights, bias: own } = ridge(scaled, targets[g], count, { lambda: regression.lambda });
        bias.set(own, 4 * (label - 1));
        for (let d = 0; d < dimensions; d++) {
          for (let m = 0; m < 4; m++) weight[d * 4 * classes.length + 4 * (label - 1) + m] = weights[4 * d + m] * scale;
        }
      }
      progress.advance(1, `${classes[label - 1]}: ${count} regions`);
    });
  }
  progress.finish();
  const tensors: StageTensors = new Map([
    ['weight', { shape: [dimensions, 4 * classes.length], data: weight }],
    ['bias', { shape: [4 * classes.length], data: bias }],
  ]);
  writeStage(file, key, tensors);
  return tensors;
}

/** Of a class: all regions near one of its objects, or as many of them at random as the limit lets be. */
function examplesOf({ plan }: RegionFeatures, label: number, { minOverlap, limit }: RegressionConfig, seed: number): Examples {
  const pairs = plan.flatMap(({ boxes, labels }, image) => {
    const objects = boxes.slice(0, 4 * labels.length) as typeof boxes;
    // Only the class's own objects count, and a region without extent cannot be moved.
    const { regions, objects: nearest } = boxRegressionPairs(boxes, { boxes: objects, labels }, label, { overlap: minOverlap });
    return [...regions].map((region, i) => ({ image, region, object: nearest[i] }));
  });
  const order = createRng(seed + label).permutation(pairs.length);
  const taken = [...order.subarray(0, limit ?? pairs.length)].sort((a, b) => a - b).map((i) => pairs[i]);
  const perImage = new Map<number, { regions: Uint32Array; targets: Float32Array }>();
  for (const image of new Set(taken.map((pair) => pair.image))) {
    const own = taken.filter((pair) => pair.image === image);
    const { boxes } = plan[image];
    const regions = Uint32Array.from(own, ({ region }) => region);
    perImage.set(image, { regions, targets: encodeBoxes(takeBoxes(boxes, own.map(({ object }) => object)), takeBoxes(boxes, regions)) });
  }
  return { label, perImage, count: taken.length };
}

/** Classes together as long as their examples fit in memory, one at least. */
function groupsOf(examples: readonly Examples[], bytesPerRow: number, memory: number): Examples[][] {
  const groups: Examples[][] = [];
  let bytes = Infinity;
  for (const each of examples) {
    bytes += each.count * bytesPerRow;
    if (bytes > memory) {
      groups.push([]);
      bytes = each.count * bytesPerRow;
    }
    groups[groups.length - 1].push(each);
  }
  return groups;
}
