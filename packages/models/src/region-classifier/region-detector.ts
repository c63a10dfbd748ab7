import * as tf from '@tensorflow/tfjs-core';
import { asBoxDeltas, clipBoxes, decodeBoxes, takeBoxes, type Boxes, type RgbImage, type Rng } from '@rcnn/geometry';
import { rcnnDetections } from '@rcnn/heads';
import { constant, linear, normal, softmaxCrossEntropy, type Parameters } from '@rcnn/nn';
import { checkObjects } from '../check-objects.ts';
import type { Detector, DetectOptions, Losses } from '../detector.ts';
import { featuresEnd } from '../features-end.ts';
import type { RegionNetwork } from '../networks/region-network.ts';
import type { FeatureLayer, RcnnConfig, SppnetConfig } from './config.ts';
import { distinctRegions, spreadRows } from './distinct-regions.ts';
import { limitRegions } from './limit-regions.ts';
import type { RegionPooling } from './region-pooling.ts';
import { sampleWindows } from './sample-windows.ts';
import { svmBuffers } from './svm-buffers.ts';

/**
 * R-CNN or SPPnet: a network that classifies regions, and what is learnt on its features in stages of its own. The SVMs
 * and box regressors are buffers among the parameters, zero until they are loaded: `svms.weight`, `svms.bias`,
 * `svms.threshold`, `regressors.weight`, `regressors.bias`.
 */
export interface RegionDetector extends Detector<'classification'> {
  readonly config: RcnnConfig | SppnetConfig;
  /** How long a region's features of each layer are. */
  readonly dimensions: Readonly<Record<FeatureLayer, number>>;
  /** The pooled features of an image's regions: [R, dimensions.pool5]. */
  readonly pool5: (image: RgbImage, boxes: Boxes) => Promise<Float32Array>;
  /** The features of a layer above them: [R, dimensions[layer]]. */
  readonly features: (pool5: Float32Array, layer: FeatureLayer) => Promise<Float32Array>;
  /**
   * The loss of fine-tuning on regions whose pooled features are known, which is all of it where the convolutions are frozen.
   * `pool5` [R, dimensions.pool5], `labels` [R]; dropout is drawn from `rng`.
   */
  readonly pooledLosses: (pool5: tf.Tensor2D, labels: Int32Array, rng: Rng) => Losses<'classification'>;
  /** What the fine-tuned classifier says of them: [R, K + 1], background first. */
  readonly probabilities: (pool5: Float32Array) => Promise<Float32Array>;
}

/** What {@link regionDetector} is made of. */
export interface RegionDetectorParts {
  readonly root: Parameters;
  readonly network: RegionNetwork;
  readonly pooling: RegionPooling;
}

/** The detector that is common to R-CNN and SPPnet, given how regions are pooled. */
export function regionDetector(config: RcnnConfig | SppnetConfig, { root, network, pooling }: RegionDetectorParts): RegionDetector {
  const classes = config.classes.length;
  const dimensions = { pool5: pooling.dimensions, fc6: network.hidden[0], fc7: network.hidden[1] };
  const classify = linear(root.at('cls_score'), { inputs: dimensions.fc7, outputs: classes + 1, initializer: normal(0.01) });
  const buffer = (name: string, shape: readonly number[]): tf.Variable =>
    root.create(name, shape, constant(0), { buffer: true, layout: { kind: shape.length === 2 ? 'linear' : 'plain' } });
  const svms = svmBuffers(root.at('svms'), { inputs: dimensions[config.features], classes });
  const regressors = {
    weight: buffer('regressors.weight', [dimensions.pool5, 4 * classes]) as tf.Tensor2D,
    bias: buffer('regressors.bias', [4 * classes]),
  };

  const layerOf = (pooled: tf.Tensor2D, layer: FeatureLayer): tf.Tensor2D => {
    if (layer === 'pool5') return pooled;
    const fc6 = network.fc6(pooled);
    return layer === 'fc6' ? fc6 : network.fc7(fc6);
  };
  const scoresOf = (pooled: tf.Tensor2D): tf.Tensor2D => {
    if (config.classifier === 'softmax') return tf.slice(tf.softmax(classify(layerOf(pooled, 'fc7'))), [0, 1], [-1, classes]);
    // The logistic function keeps the order and puts the SVM's 0 at one half.
    return tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(layerOf(pooled, config.features), svms.weight), svms.bias));
  };
  const deltasOf = (pooled: tf.Tensor2D): tf.Tensor2D => tf.add<tf.Tensor2D>(tf.matMul(pooled, regressors.weight), regressors.bias);

  /** What `compute` makes of all regions' pooled features, batch by batch, what is alike computed once. */
  const overRegions = async (image: RgbImage, boxes: Boxes, compute: (pooled: tf.Tensor2D) => tf.Tensor2D, length: number, onPart?: DetectOptions['onPart']): Promise<Float32Array> => {
    const opened = pooling.open(image);
    if (opened.maps.length > 0) await featuresEnd(opened.maps, onPart);
    const { distinct, place } = distinctRegions(opened.sameAs(boxes));
    const rows = new Float32Array(distinct.length * length);
    for (let first = 0; first < distinct.length; first += config.test.batch) {
      const batch = takeBoxes(boxes, distinct.subarray(first, first + config.test.batch));
      const computed = tf.tidy(() => compute(opened.pool5(batch)));
      rows.set(await computed.data<'float32'>(), first * length);
      computed.dispose();
    }
    opened.dispose();
    return spreadRows(rows, place, length);
  };
  const overRows = async (pool5: Float32Array, compute: (pooled: tf.Tensor2D) => tf.Tensor2D): Promise<Float32Array> => {
    if (pool5.length === 0) return new Float32Array(0);
    const computed = tf.tidy(() => compute(tf.tensor2d(pool5, [pool5.length / dimensions.pool5, dimensions.pool5])));
    const rows = await computed.data<'float32'>();
    computed.dispose();
    return rows;
  };

  const pooledLosses: RegionDetector['pooledLosses'] = (pool5, labels, rng: Rng) =>
    tf.tidy(() => {
      const fc7 = network.fc7(network.fc6(pool5, rng), rng);
      const oneHot = new Float32Array(labels.length * (classes + 1));
      labels.forEach((label, i) => (oneHot[i * (classes + 1) + label] = 1));
      return { classification: tf.mean<tf.Scalar>(softmaxCrossEntropy(classify(fc7), tf.tensor2d(oneHot, [labels.length, classes + 1]))) };
    });

  const losses: RegionDetector['losses'] = (images, objects, rng) =>
    tf.tidy(() => {
      checkObjects(images, objects, classes);
      if (config.finetuning === null) throw new Error(`${config.model}: expected settings for fine-tuning, got none`);
      const limited = objects.map((each) => (each.proposals === undefined ? each : { ...each, proposals: limitRegions(each.proposals, config.regions, 'train') }));
      const { boxes, labels } = sampleWindows(limited, rng, config.finetuning);
      if (labels.length === 0) return { classification: tf.scalar(0) };
      const pooled = images.flatMap((image, i) => (boxes[i].length === 0 ? [] : [pooling.open(image).pool5(boxes[i])]));
      return pooledLosses(pooled.length === 1 ? pooled[0] : tf.concat(pooled), labels, rng);
    });

  const detect: RegionDetector['detect'] = async (images, proposals, { onPart } = {}) => {
    if (proposals?.length !== images.length) {
      throw new Error(`${config.model}: expected proposals for ${images.length} images, got them for ${proposals?.length ?? 'none'}`);
    }
    const found: Awaited<ReturnType<RegionDetector['detect']>> = [];
    for (const [i, image] of images.entries()) {
      const regions = limitRegions(proposals[i], config.regions, 'test');
      const width = config.regression === null ? classes : 5 * classes;
      const rows = await overRegions(
        image, regions,
        (pooled) => (config.regression === null ? scoresOf(pooled) : tf.concat([scoresOf(pooled), deltasOf(pooled)], 1)),
        width,
        onPart,
      );
      const scores = firstColumns(rows, regions.length / 4, width, classes);
      const thresholds = config.classifier === 'softmax' ? -Infinity : Array.from(await svms.threshold.data<'float32'>(), sigmoid);
      const moved = (label: number, indices: Uint32Array): Boxes => {
        const own = Float32Array.from({ length: 4 * indices.length }, (_, i) => rows[indices[i >> 2] * width + classes + 4 * (label - 1) + (i & 3)]);
        return clipBoxes(decodeBoxes(asBoxDeltas(own), takeBoxes(regions, indices)), image);
      };
      found.push(
        rcnnDetections(scores, regions, classes, {
          scoreThreshold: thresholds, limit: config.test.preNms, nmsThreshold: config.test.nmsThreshold,
          ...(config.regression === null ? {} : { boxesOf: moved }),
        }),
      );
      onPart?.('boxes');
    }
    return found;
  };

  return {
    config,
    parameters: root.all(),
    dimensions,
    losses,
    pooledLosses,
    detect,
    pool5: (image, boxes) => overRegions(image, boxes, (pooled) => pooled, dimensions.pool5),
    features: (pool5, layer) => (layer === 'pool5' ? Promise.resolve(pool5) : overRows(pool5, (pooled) => layerOf(pooled, layer))),
    probabilities: (pool5) => overRows(pool5, (pooled) => tf.softmax(classify(layerOf(pooled, 'fc7')))),
    dispose: root.dispose,
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The first `taken` of each row of `width` numbers. */
function firstColumns(rows: Float32Array, count: number, width: number, taken: number): Float32Array {
  return Float32Array.from({ length: count * taken }, (_, i) => rows[Math.floor(i / taken) * width + (i % taken)]);
}
