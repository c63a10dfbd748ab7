import type { Command } from 'commander';
import { generate, generatorCommand, type GeneratorOptions } from './generator.ts';

/** `rcnn data figures`: writes a generated dataset with keypoints. */
export function dataFiguresCommand(data: Command): void {
  generatorCommand(data, 'figures', { least: 32, size: 160 })
    .description('generate a dataset of stick figures with keypoints, as COCO')
    .option('--json', 'print one JSON document')
    .action(async (options: GeneratorOptions) => {
      const { writeFigures } = await import('@rcnn/datasets/node');
      await generate(options, writeFigures, ({ boxes, keypointNames }) => `${boxes} figures of ${keypointNames.length} keypoints; COCO`);
    });
}
