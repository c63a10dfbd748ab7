import { formatProblem } from '@rcnn/datasets';
import { readDataset } from '@rcnn/datasets/node';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { formatTable } from '../output.ts';
import type { EvaluationSummary } from '../report/evaluation-summary.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { searchImages } from '../proposals/search-images.ts';
import { damageReporter } from './damage-reporter.ts';
import { parseAugmentation } from './augmented-model.ts';
import { evaluateRun } from './evaluate-run.ts';
import { keypointNamesOf, sharedKeypointNames } from './keypoint-names.ts';
import { openRun } from './open-run.ts';
import { withRunClasses } from './with-run-classes.ts';
import { writeRunReport } from './write-run-report.ts';

/** What `rcnn eval` is told. */
export interface EvalOptions {
  readonly run: string;
  readonly data?: string;
  readonly split: string;
  /** Look at the mirrored images too, and at these sizes. */
  readonly augment?: string | true;
  /** Of a Fast R-CNN what scores its regions, if not what its configuration says. */
  readonly classifier?: ClassifierName;
  readonly engine?: string;
}

/** Scores a run, keeps the figures in its directory, and puts them in its report. */
export async function evaluate({ run, data, split, engine, augment, classifier }: EvalOptions): Promise<{ summary: EvaluationSummary; report: string }> {
  const augmentation = parseAugmentation(augment);
  await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  const { directory, config, model } = openRun(run, { augmentation, classifier });
  const dataset = withRunClasses(
    await readDataset(data ?? config.data.root, { split, onProblem: 'skip', keypoints: keypointNamesOf(config.model) !== undefined }),
    config.model.classes,
  );
  for (const problem of dataset.problems) process.stderr.write(`skipped ${formatProblem(problem)}\n`);
  const keypoints = sharedKeypointNames(config.model, dataset);
  const proposals = config.proposals === null ? undefined : await searchImages(dataset.examples, config.proposals);
  const evaluation = await evaluateRun(model, dataset, damageReporter('skip'), { proposals, keypoints, ...(augmentation && { augmented: augmentation.sizes }) });
  model.dispose();
  writeAtomically(directory.evaluation([split, ...(augmentation === undefined ? [] : ['augmented']), ...(classifier === undefined ? [] : [classifier])].join('-')), `${JSON.stringify(evaluation.summary, undefined, 2)}\n`);
  return { summary: evaluation.summary, report: writeRunReport(directory, evaluation) };
}

/** The figures as a table. */
export function formatEvaluation({ split, images, augmented, perClass, coco, cocoMasks, cocoKeypoints, ...summary }: EvaluationSummary): string {
  const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  const figures = ({ AP, AP50, AP75 }: Pick<EvaluationSummary['coco'], 'AP' | 'AP50' | 'AP75'>): string => `AP = ${figure(AP)}, AP50 = ${figure(AP50)}, AP75 = ${figure(AP75)}`;
  const rows = Object.entries(perClass).map(([name, result]) => [name, figure(result.ap), figure(result.cocoAP), result.positives]);
  return [
    `${split}, ${images} images${augmented === undefined ? '' : `, each mirrored too${augmented.length === 0 ? '' : `, at ${augmented.join(', ')} px`}`}`,
    formatTable([['class', 'AP@.5', 'AP (COCO)', 'boxes'], ...rows]).trimEnd(),
    `COCO ${figures(coco)}`,
    ...(cocoMasks ? [`masks: ${figures(cocoMasks)}`] : []),
    ...(cocoKeypoints ? [`keypoints: ${figures(cocoKeypoints)}`] : []),
    `mAP@.5 = ${figure(summary['mAP@.5'])}`,
  ].join('\n');
}
