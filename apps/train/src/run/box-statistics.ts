import type { Dataset } from '@rcnn/datasets';
import { concatBoxes, emptyBoxes, flipBoxes, takeBoxes, type Boxes } from '@rcnn/geometry';
import { agnosticDeltaStatistics, deltaStatistics, type DeltaStatistics, type ProposedObjects } from '@rcnn/heads';
import type { FastRcnnConfig } from '@rcnn/models';
import type { RunConfig } from './run-config.ts';

/**
 * The mean and deviation of the deltas that a dataset's proposals learn, the objects themselves among them, each class's or all
 * classes' together: what Fast R-CNN's and Faster R-CNN's own code normalise them by. Where training mirrors images, so does this.
 */
export function datasetBoxStatistics(
  { examples }: Pick<Dataset, 'examples'>, proposals: ReadonlyMap<string, Boxes>,
  { of, foreground, classes, flip }: { readonly of: 'class' | 'all'; readonly foreground: number; readonly classes: number; readonly flip: boolean },
): DeltaStatistics {
  const images = function* (): Generator<ProposedObjects> {
    for (const { file, width, groundTruth: { boxes: all, labels, crowd } } of examples) {
      const single = [...labels.keys()].filter((i) => crowd[i] === 0);
      const boxes = takeBoxes(all, single);
      const seen = { proposals: concatBoxes([proposals.get(file) ?? emptyBoxes(0), boxes]), boxes, labels: Int32Array.from(single, (i) => labels[i]) };
      yield seen;
      if (flip) yield { ...seen, proposals: flipBoxes(seen.proposals, width), boxes: flipBoxes(boxes, width) };
    }
  };
  return (of === 'class' ? deltaStatistics : agnosticDeltaStatistics)(images(), classes, { foreground });
}

/**
 * A run's configuration with the statistics in it that it asks for by `boxStatistics`; as it is, if it asks for none or has them.
 * @throws Error if the model does not learn boxes from proposals that are known before training
 */
export function withBoxStatistics(config: RunConfig, dataset: Pick<Dataset, 'examples'>, proposals: ReadonlyMap<string, Boxes>): RunConfig {
  const { model, boxStatistics, training } = config;
  if (boxStatistics === null) return config;
  if (model.model !== 'fast-rcnn') {
    throw new Error(`configuration: boxStatistics: expected a Fast R-CNN, or a Faster R-CNN on one map trained in turn, whose proposals are known before training, got ${model.model}`);
  }
  if (model.box.targets.kind === 'statistics') return config;
  const { foreground } = model.box;
  const found = datasetBoxStatistics(dataset, proposals, { of: boxStatistics, foreground, classes: model.classes.length + 1, flip: training.flip > 0 });
  const rounded = (rows: DeltaStatistics['mean']): number[][] => rows.map((row) => row.map((value) => Number(value.toPrecision(6))));
  const targets: FastRcnnConfig['box']['targets'] = { kind: 'statistics', mean: rounded(found.mean), std: rounded(found.std) };
  return { ...config, model: { ...model, box: { ...model.box, targets } } } as RunConfig;
}
