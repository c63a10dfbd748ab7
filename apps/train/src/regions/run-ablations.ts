import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import { evaluateVoc, type ImageDetections, type ImageGroundTruth } from '@rcnn/eval';
import { asBoxDeltas, clipBoxes, decodeBoxes, takeBoxes, type Boxes } from '@rcnn/geometry';
import { applyLinearMap, rcnnDetections, type LinearMap } from '@rcnn/heads';
import type { RegionDetector } from '@rcnn/models';
import { createProgress } from '../progress.ts';
import { figureOrNull } from '../report/figure-or-null.ts';
import { searchImages } from '../proposals/search-images.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { ablationRows, type AblationRow } from './ablation-rows.ts';
import type { AblationSummary } from './ablation-summary.ts';
import { extractPool5, type RegionFeatures } from './region-features.ts';
import { planRegions, type PlannedImage } from './region-plan.ts';
import type { RegionRunConfig } from './region-run-config.ts';
import { stageDirectory } from './stage-directory.ts';
import { numbersOf, type StageTensors } from './stage-file.ts';
import { trainNetwork, type StageNetwork } from './train-network.ts';
import { trainRegressors } from './train-regressors.ts';
import { trainSvms } from './train-svms.ts';

/** What {@link runAblations} needs beside the run's configuration. */
export interface AblationOptions {
  readonly directory: RunDirectory;
  /** What the run was trained on, and what is scored. */
  readonly training: Dataset;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly onDamaged: (error: Error) => void;
}

/** A row with what it decides by: linear functions of features. */
interface ReadyRow {
  readonly row: AblationRow;
  readonly svms: LinearMap | undefined;
  readonly thresholds: readonly number[] | undefined;
  readonly regressors: LinearMap | undefined;
}

/**
 * Trains what each variant of {@link ablationRows} lacks, every stage kept in the run's directory, and scores all of them on a
 * split: one extraction of features a network serves all its variants.
 */
export async function runAblations(config: RegionRunConfig, { directory, training, dataset, engine, onDamaged }: AblationOptions): Promise<AblationSummary> {
  const searched = await searchImages([...training.examples, ...dataset.examples], config.proposals);
  const rows = ablationRows(config.model);
  const test = await planRegions(dataset, config.model, { proposals: searched, use: 'test', onDamaged });
  const detections = new Map<string, ImageDetections[]>(rows.map(({ name }) => [name, []]));
  for (const kind of ['pretrained', 'finetuned'] as const) {
    const own = rows.filter(({ network }) => network === kind);
    if (own.length === 0) continue;
    const stage = stageDirectory(directory.root, kind, config.model.model);
    const stageConfig = { ...config, model: { ...config.model, finetuning: kind === 'pretrained' ? null : config.model.finetuning } };
    const plan = await planRegions(training, config.model, { proposals: searched, use: 'train', onDamaged });
    const extract = (network: StageNetwork): Promise<RegionFeatures> =>
      extractPool5(network.model, network.hash, { plan, folder: stage.features(training.split), precision: 'float16', label: `${kind}: features of ${training.split}` });
    const { model, hash } = await trainNetwork(stageConfig, { directory, stage, dataset: training, engine, onDamaged, extract });
    const extracted = await extract({ model, hash });
    const ready: ReadyRow[] = [];
    for (const row of own) {
      const svms = row.classifier === 'svm' ? await trainSvms(model, extracted, { layer: row.layer, file: stage.svms(row.layer), seed: config.seed }) : undefined;
      const { regression } = config.model;
      const regressors = row.boxRegression && regression !== null ? await trainRegressors(model, extracted, { regression, file: stage.regressors, seed: config.seed }) : undefined;
      ready.push({
        row,
        svms: svms && mapOf(svms),
        thresholds: svms && [...numbersOf(svms, 'threshold')],
        regressors: regressors && mapOf(regressors),
      });
    }
    const features = await extractPool5(model, hash, { plan: test, folder: stage.features(dataset.split), precision: 'float16', label: `${kind}: features of ${dataset.split}` });
    const progress = createProgress({ label: `${kind}: detect`, total: test.length, unit: 'images' });
    for await (const { image, features: pool5 } of features.cache.read(features.compute)) {
      for (const each of ready) {
        const found = await detectRow(model, each, pool5, test[image], config.model.test);
        detections.get(each.row.name)?.push({ image: test[image].example.id, ...found });
      }
      progress.advance();
    }
    progress.finish();
    model.dispose();
  }
  const groundTruth = test.map(({ example: { id, groundTruth: { boxes, labels, difficult, crowd } } }): ImageGroundTruth => ({ image: id, boxes, labels, difficult, crowd }));
  return {
    split: dataset.split,
    images: test.length,
    classes: dataset.classes,
    rows: rows.map(({ name }) => {
      const { classes, mAP } = evaluateVoc(groundTruth, detections.get(name) ?? []);
      const apOf = new Map(classes.map(({ label, ap }) => [label, ap]));
      return { name, ap: dataset.classes.map((_, k) => figureOrNull(apOf.get(k + 1) ?? NaN)), mAP: figureOrNull(mAP) };
    }),
  };
}

async function detectRow(
  model: RegionDetector, { row, svms, thresholds, regressors }: ReadyRow, pool5: Float32Array, { boxes, example }: PlannedImage, { preNms, nmsThreshold }: RegionDetector['config']['test'],
) {
  const classes = model.config.classes.length;
  const scores = svms === undefined
    ? (await model.probabilities(pool5)).filter((_, i) => i % (classes + 1) > 0)
    : applyLinearMap(svms, await model.features(pool5, row.layer));
  const length = model.dimensions.pool5;
  const moved = (map: LinearMap) => (label: number, regions: Uint32Array): Boxes => {
    const deltas = new Float32Array(4 * regions.length);
    regions.forEach((region, i) => {
      const all = applyLinearMap(map, pool5.subarray(region * length, (region + 1) * length));
      deltas.set(all.subarray(4 * (label - 1), 4 * label), 4 * i);
    });
    return clipBoxes(decodeBoxes(asBoxDeltas(deltas), takeBoxes(boxes, regions)), example);
  };
  return rcnnDetections(scores, boxes, classes, {
    limit: preNms, nmsThreshold,
    ...(thresholds && { scoreThreshold: thresholds }),
    ...(regressors && { boxesOf: moved(regressors) }),
  });
}

function mapOf(tensors: StageTensors): LinearMap {
  return { weights: numbersOf(tensors, 'weight'), bias: numbersOf(tensors, 'bias') };
}
