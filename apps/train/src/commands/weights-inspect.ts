import type { Command } from 'commander';
import { printJson } from '../output.ts';

/** `rcnn weights inspect`: what a file of weights holds. */
export function weightsInspectCommand(weights: Command): void {
  weights
    .command('inspect')
    .description('list the names, shapes and dtypes in a file of weights: .safetensors, .pth, .pkl or .caffemodel')
    .argument('<file>', 'the file; its format is recognised by its content')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { json?: true }) => {
      const { inspectWeights, formatWeights } = await import('../weights/inspect-weights.ts');
      const summary = inspectWeights(file);
      if (options.json) printJson(summary);
      else process.stdout.write(formatWeights(summary));
    });
}
