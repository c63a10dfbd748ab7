import { formatProblem, type Dataset } from '@rcnn/datasets';
import { readDataset } from '@rcnn/datasets/node';
import { asEngineName, prepareEngine } from '@rcnn/engine';
import { writeAtomically } from '../atomic-write.ts';
import type { AblationSummary } from '../regions/ablation-summary.ts';
import { compareClassifiers } from '../regions/compare-classifiers.ts';
import { isFastRcnnRun } from '../regions/post-hoc-run.ts';
import { isRegionRun } from '../regions/region-run-config.ts';
import { runAblations } from '../regions/run-ablations.ts';
import { damageReporter } from './damage-reporter.ts';
import type { EvalOptions } from './eval-command.ts';
import { readRunConfig, runDirectory } from './run-directory.ts';
import { withRunClasses } from './with-run-classes.ts';
import { writeRunReport } from './write-run-report.ts';

/** Scores the variants of a run of R-CNN, SPPnet or Fast R-CNN, keeps the table in its directory, and puts it in its report. */
export async function ablate({ run, data, split, engine }: EvalOptions): Promise<{ summary: AblationSummary; report: string }> {
  const directory = runDirectory(run);
  const config = readRunConfig(directory);
  if (!isRegionRun(config) && !isFastRcnnRun(config)) throw new Error(`${run}: expected a run of rcnn, sppnet or fast-rcnn for --ablations, got one of ${config.model.model}`);
  const prepared = await prepareEngine(engine === undefined ? {} : { engine: asEngineName(engine) });
  const read = async (root: string, name: string): Promise<Dataset> => {
    const dataset = withRunClasses(await readDataset(root, { split: name, onProblem: 'skip' }), config.model.classes);
    for (const problem of dataset.problems) process.stderr.write(`skipped ${formatProblem(problem)}\n`);
    return dataset;
  };
  const common = {
    directory,
    training: await read(config.data.root, config.data.split),
    dataset: await read(data ?? config.data.root, split),
    onDamaged: damageReporter('skip'),
  };
  const summary = await (isRegionRun(config) ? runAblations(config, { ...common, engine: prepared }) : compareClassifiers(config, common));
  writeAtomically(directory.ablations(split), `${JSON.stringify(summary, undefined, 2)}\n`);
  return { summary, report: writeRunReport(directory) };
}
