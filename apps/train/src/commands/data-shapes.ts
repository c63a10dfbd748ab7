import type { Command } from 'commander';
import { wholeNumber } from '../options.ts';

interface Options {
  out: string;
  count: number;
  size: number;
  seed: number;
  classes?: string;
  json?: true;
}

/** `rcnn data shapes`: writes a generated dataset. */
export function dataShapesCommand(data: Command): void {
  data
    .command('shapes')
    .description('generate a dataset of coloured shapes, as Pascal VOC and as COCO')
    .requiredOption('--out <dir>', 'folder to write; empty, new, or written by this command before')
    .option('--count <n>', 'images in all: 75 % train, 10 % val, 15 % test', wholeNumber(1), 800)
    .option('--size <px>', 'width and height of each image', wholeNumber(16), 128)
    .option('--seed <n>', 'the same seed gives the same images', wholeNumber(0), 1)
    .option('--classes <names>', 'the shapes to draw, separated by commas; all if left out')
    .option('--json', 'print one JSON document')
    .action(async ({ out, count, size, seed, classes: names, json }: Options) => {
      const { writeShapes } = await import('@rcnn/datasets/node');
      const { createProgress } = await import('../progress.ts');
      const { printJson } = await import('../output.ts');
      const { shapeClasses } = await import('@rcnn/datasets');
      const wanted = names?.split(',').map((name) => findShape(shapeClasses, name.trim())) ?? shapeClasses;
      const progress = createProgress({ label: 'generating', total: count, unit: 'images' });
      const { classes, splits, boxes } = await writeShapes(out, {
        ...{ count, size, seed, classes: wanted },
        onImage: () => progress.advance(),
      }).finally(progress.finish);
      if (json) {
        printJson({ out, count, size, seed, classes, splits, boxes });
      } else {
        const parts = Object.entries(splits).map(([split, images]) => `${images} ${split}`);
        process.stdout.write(`${out}: ${count} images (${parts.join(', ')}), ${boxes} boxes of ${classes.join(', ')}; Pascal VOC and COCO\n`);
      }
    });
}

function findShape<Shape extends string>(shapes: readonly Shape[], name: string): Shape {
  const found = shapes.find((shape) => shape === name);
  if (found === undefined) {
    throw new Error(`option '--classes <names>': expected some of ${shapes.join(', ')}, got "${name}"`);
  }
  return found;
}
