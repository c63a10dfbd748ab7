import type { Dataset } from '@rcnn/datasets';
import { createRng } from '@rcnn/geometry';
import { fastRcnn } from '@rcnn/models';
import { searchImages } from '../proposals/search-images.ts';
import { readModel } from '../run/checkpoint.ts';
import { evaluateRun } from '../run/evaluate-run.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { AblationSummary } from './ablation-summary.ts';
import { withClassifier, type FastRcnnRunConfig } from './post-hoc-run.ts';
import { trainPostHocSvms } from './train-post-hoc-svms.ts';

/** What {@link compareClassifiers} needs beside the run's configuration. */
export interface CompareOptions {
  readonly directory: RunDirectory;
  /** What the run was trained on, and what is scored. */
  readonly training: Dataset;
  readonly dataset: Dataset;
  readonly onDamaged: (error: Error) => void;
}

/** The two rows of Fast R-CNN's Table 8 (§5.4): the softmax of a trained run, and SVMs on its features, which are trained if they are not there. */
export async function compareClassifiers(config: FastRcnnRunConfig, { directory, training, dataset, onDamaged }: CompareOptions): Promise<AblationSummary> {
  const softmax = fastRcnn(withClassifier(config, 'softmax').model, createRng(config.seed));
  readModel(directory.model, softmax);
  const learnt = await trainPostHocSvms(softmax, config, { directory, dataset: training, onDamaged });
  const svm = fastRcnn(withClassifier(config, 'svm').model, createRng(config.seed));
  readModel(directory.model, svm, learnt);
  const proposals = await searchImages(dataset.examples, config.proposals);
  const rows: AblationSummary['rows'][number][] = [];
  let images = 0;
  for (const [name, model] of [['Fast R-CNN softmax', softmax], ['Fast R-CNN SVM', svm]] as const) {
    const { summary } = await evaluateRun(model, dataset, onDamaged, { proposals, sampleCount: 0 });
    images = summary.images;
    rows.push({ name, ap: dataset.classes.map((each) => summary.perClass[each].ap), mAP: summary['mAP@.5'] });
    model.dispose();
  }
  return { split: dataset.split, images, classes: dataset.classes, rows };
}
