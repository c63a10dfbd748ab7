import type { Command } from 'commander';
import type { ClassifierName } from '../regions/post-hoc-run.ts';
import { augmentOption, classifierOption, engineOption, fractionOption } from '../options.ts';
import { printJson } from '../output.ts';

interface Options {
  run?: string;
  model?: string;
  weights?: string;
  classes?: string[];
  out?: string;
  minScore: number;
  augment?: string | true;
  classifier?: ClassifierName;
  engine?: string;
  json?: true;
}

/** `rcnn detect`: finds objects in images and draws them. */
export function detectCommand(program: Command): void {
  program
    .command('detect')
    .description('find objects in images; draws them on PNGs, with --json prints them')
    .argument('<image...>', 'image files, or folders of them')
    .option('--run <run>', 'directory of the run')
    .option('--model <name>', "in place of a run a detector of torchvision's or Detectron2's, such as fasterrcnn_resnet50_fpn, with --weights")
    .option('--weights <file>', 'weights of --model: .pth, .safetensors or .pkl')
    .option('--classes <names>', "the classes of --weights, separated by commas (default: COCO's where there are as many)", (text) => text.split(','))
    .option('--out <dir>', 'folder for the drawings (default: RUN/detections, without a run detections; with --json, none)')
    .option('--min-score <score>', 'leave out what scores below', fractionOption, 0.5)
    .option('--augment [sizes]', ...augmentOption)
    .addOption(classifierOption())
    .option('--engine <name>', ...engineOption)
    .option('--json', 'print one JSON document: boxes in the pixels of the images, masks as COCO\'s run lengths, keypoints as [x, y, logit]')
    .action(async (images: string[], options: Options) => {
      const { detect } = await import('../run/detect-command.ts');
      const result = await detect(images, options);
      if (options.json) printJson(result);
    });
}
