import type { Command } from 'commander';
import { printJson } from '../output.ts';

interface Options {
  groundTruth: string;
  detections: string;
  metric: string;
  split?: string;
  report?: string;
  images?: string;
  compare?: string;
  json?: true;
}

/** `rcnn score`: the figures of any detector's results, from files. */
export function scoreCommand(program: Command): void {
  program
    .command('score')
    .description('score detections in files, of any detector, as COCO or Pascal VOC do')
    .requiredOption('--ground-truth <path>', 'COCO instances or person_keypoints JSON, or a Pascal VOC folder')
    .requiredOption('--detections <path>', 'COCO results JSON, or a folder of comp3_det_test_CLASS.txt files')
    .requiredOption('--metric <name>', 'coco-bbox, coco-segm, coco-keypoints, voc07 or voc12')
    .option('--split <name>', 'the image set of a Pascal VOC folder (default: the one the detections are named after, else all)')
    .option('--report <file>', 'write an HTML report: curves, errors, the worst images')
    .option('--images <dir>', 'folder with the images, for the report')
    .option('--compare <path>', 'other detections, to be scored beside these')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const { score, formatScore } = await import('../score/score.ts');
      const result = await score(options);
      if (options.json) printJson(result);
      else process.stdout.write(formatScore(result));
    });
}
