import type { Command } from 'commander';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { augmentOption, classifierOption, engineOption } from '../options.ts';
import { printJson } from '../output.ts';

interface Options {
  run: string;
  data?: string;
  split: string;
  augment?: string | true;
  classifier?: ClassifierName;
  engine?: string;
  ablations?: true;
  json?: true;
}

/** `rcnn eval`: the figures of a trained run on a split of a dataset. */
export function evalCommand(program: Command): void {
  program
    .command('eval')
    .description('score a run on a dataset: Pascal VOC mAP@.5 and the COCO figures')
    .requiredOption('--run <run>', 'directory of the run')
    .option('--data <dir>', 'folder with the dataset (default: the one the run was trained on)')
    .option('--split <name>', 'the split to score', 'test')
    .option('--augment [sizes]', ...augmentOption)
    .addOption(classifierOption())
    .option('--engine <name>', ...engineOption)
    .option('--ablations', 'of an R-CNN, SPPnet or Fast R-CNN: train and score its variants, as in Table 2 of R-CNN, Table 8 of Fast R-CNN')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      if (options.ablations) {
        const { ablate } = await import('../run/ablate-command.ts');
        const { ablationMarkdown } = await import('../regions/ablation-summary.ts');
        const { summary, report } = await ablate(options);
        if (options.json) printJson(summary);
        else process.stdout.write(`${ablationMarkdown(summary)}\n\nreport: ${report}\n`);
        return;
      }
      const { evaluate, formatEvaluation } = await import('../run/eval-command.ts');
      const { summary, report } = await evaluate(options);
      if (options.json) printJson(summary);
      else process.stdout.write(`${formatEvaluation(summary)}\nreport: ${report}\n`);
    });
}
