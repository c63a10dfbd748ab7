import { type Command } from 'commander';
import { engineOption } from '../options.ts';
import { printJson } from '../output.ts';

interface Options {
  run: string;
  ranks: string;
  out: string;
  engine?: string;
  json?: true;
}

/** `rcnn compress`: a trained Fast R-CNN or single-map Faster R-CNN with thinner fully connected layers. */
export function compressCommand(program: Command): void {
  program
    .command('compress')
    .description('replace the fully connected layers of a run by thinner ones (truncated SVD)')
    .requiredOption('--run <run>', 'directory of a trained Fast R-CNN or Faster R-CNN on one map')
    .requiredOption('--ranks <fc6,fc7>', 'ranks of the two layers, such as 1024,256')
    .requiredOption('--out <run>', 'directory of the compressed run')
    .option('--engine <name>', ...engineOption)
    .option('--json', 'print one JSON document at the end')
    .action(async (options: Options) => {
      const { compress } = await import('../run/compress-command.ts');
      const summary = await compress(options);
      if (options.json) printJson(summary);
      else process.stdout.write(`${summary.run}: ${summary.parametersBefore} parameters became ${summary.parameters}\n`);
    });
}
