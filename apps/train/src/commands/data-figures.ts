import type { Command } from 'commander';
import { wholeNumber } from '../options.ts';

interface Options {
  out: string;
  count: number;
  size: number;
  seed: number;
  json?: true;
}

/** `rcnn data figures`: writes a generated dataset with keypoints. */
export function dataFiguresCommand(data: Command): void {
  data
    .command('figures')
    .description('generate a dataset of stick figures with keypoints, as COCO')
    .requiredOption('--out <dir>', 'folder to write; empty, new, or written by this command before')
    .option('--count <n>', 'images in all: 75 % train, 10 % val, 15 % test', wholeNumber(1), 800)
    .option('--size <px>', 'width and height of each image', wholeNumber(32), 160)
    .option('--seed <n>', 'the same seed gives the same images', wholeNumber(0), 1)
    .option('--json', 'print one JSON document')
    .action(async ({ out, count, size, seed, json }: Options) => {
      const { writeFigures } = await import('@rcnn/datasets/node');
      const { createProgress } = await import('../progress.ts');
      const { printJson } = await import('../output.ts');
      const progress = createProgress({ label: 'generating', total: count, unit: 'images' });
      const { classes, keypointNames, splits, boxes } = await writeFigures(out, {
        ...{ count, size, seed },
        onImage: () => progress.advance(),
      }).finally(progress.finish);
      if (json) {
        printJson({ out, count, size, seed, classes, keypointNames, splits, boxes });
      } else {
        const parts = Object.entries(splits).map(([split, images]) => `${images} ${split}`);
        process.stdout.write(`${out}: ${count} images (${parts.join(', ')}), ${boxes} figures of ${keypointNames.length} keypoints; COCO\n`);
      }
    });
}
