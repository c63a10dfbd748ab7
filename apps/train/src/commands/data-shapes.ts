import type { Command } from 'commander';
import { generate, generatorCommand, type GeneratorOptions } from './generator.ts';

/** `rcnn data shapes`: writes a generated dataset. */
export function dataShapesCommand(data: Command): void {
  generatorCommand(data, 'shapes', { least: 16, size: 128 })
    .description('generate a dataset of coloured shapes, as Pascal VOC and as COCO')
    .option('--classes <names>', 'the shapes to draw, separated by commas; all if left out')
    .option('--json', 'print one JSON document')
    .action(async (options: GeneratorOptions & { readonly classes?: string }) => {
      const { writeShapes } = await import('@rcnn/datasets/node');
      const { shapeClasses } = await import('@rcnn/datasets');
      const classes = options.classes?.split(',').map((name) => findShape(shapeClasses, name.trim())) ?? shapeClasses;
      const twice = classes.find((name, i) => classes.indexOf(name) !== i);
      if (twice !== undefined) throw new Error(`option '--classes <names>': expected every shape once, got ${twice} twice`);
      await generate(options, (out, generated) => writeShapes(out, { ...generated, classes }), (written) => `${written.boxes} boxes of ${written.classes.join(', ')}; Pascal VOC and COCO`);
    });
}

function findShape<Shape extends string>(shapes: readonly Shape[], name: string): Shape {
  const found = shapes.find((shape) => shape === name);
  if (found === undefined) {
    throw new Error(`option '--classes <names>': expected some of ${shapes.join(', ')}, got "${name}"`);
  }
  return found;
}
