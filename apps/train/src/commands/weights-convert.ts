import type { Command } from 'commander';
import { printJson } from '../output.ts';

/** `rcnn weights convert`: a file of weights as safetensors. */
export function weightsConvertCommand(weights: Command): void {
  weights
    .command('convert')
    .description('write a file of weights as safetensors; a detector gets the names that torchvision has now')
    .argument('<file>', '.safetensors, .pth, .pkl or .caffemodel')
    .requiredOption('--out <file>', 'the safetensors file to write')
    .option('--keep-names', "leave a detector's names as they are")
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { out: string; keepNames?: true; json?: true }) => {
      const { convertWeights } = await import('../weights/convert-weights.ts');
      const summary = convertWeights(file, options);
      if (options.json) printJson(summary);
      else process.stdout.write(`${summary.out}: ${summary.tensors} tensors, ${summary.renamed} under another name than before\n`);
    });
}
