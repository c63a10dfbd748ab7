import { Option, type Command } from 'commander';
import { collect, engineOption, wholeNumber } from '../options.ts';
import { printJson } from '../output.ts';

interface Options {
  data?: string;
  split?: string;
  model: string;
  backbone?: string;
  weights?: string;
  out: string;
  resume?: true;
  config?: string;
  set: string[];
  seed: number;
  procedure?: 'joint' | 'alternating';
  engine?: string;
  onProblem: 'skip' | 'refuse';
  json?: true;
}

/** `rcnn train`: trains a detector, or goes on with a run. */
export function trainCommand(program: Command): void {
  program
    .command('train')
    .description('train a detector on a dataset, or go on with a run')
    .option('--data <dir>', 'folder with a Pascal VOC or COCO dataset; with --resume, the run\'s own unless given')
    .option('--split <name>', 'train on this split (default: trainval, else train, else the only one)')
    .option('--model <name>', 'rcnn, sppnet, fast-rcnn, faster-rcnn, cascade-rcnn, faster-rcnn-single-map, rpn, mask-rcnn, mask-rcnn-single-map or keypoint-rcnn', 'faster-rcnn')
    .option('--backbone <name>', 'the network that computes features, such as mobilenet_v2-fpn (default: the model\'s own)')
    .option('--weights <file>', 'weights to start from, an ImageNet classifier or a detector: .safetensors, .pth, .pkl or .caffemodel')
    .requiredOption('--out <run>', 'directory of the run')
    .addOption(new Option('--procedure <name>', 'train all of Faster R-CNN together, or proposals and detection in turn').choices(['joint', 'alternating']))
    .option('--resume', 'go on from the last checkpoint of the run')
    .option('--config <file>', 'YAML with settings in place of the defaults')
    .option('--set <a.b=c>', 'one setting; may be repeated', collect, [])
    .option('--seed <n>', 'of everything random', wholeNumber(0), 1)
    .option('--engine <name>', ...engineOption)
    .addOption(new Option('--on-problem <what>', 'with a damaged file').choices(['skip', 'refuse']).default('skip'))
    .option('--json', 'print one JSON document at the end')
    .action(async (options: Options, command: Command) => {
      if (options.resume) refuseSettings(command, options.out);
      const { train } = await import('../run/train-command.ts');
      const summary = await train(options);
      if (options.json) printJson(summary);
    });
}

/** A run goes on with the settings that it has: others would be of no effect. */
function refuseSettings(command: Command, run: string): void {
  const given = command.options.find((option) => settings.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli');
  if (given !== undefined) throw new Error(`option '${given.long}': expected none with --resume, which goes on with the settings in ${run}/config.yaml`);
}

const settings: ReadonlySet<string> = new Set(['model', 'backbone', 'weights', 'procedure', 'config', 'set', 'seed']);
