import type { DatasetFormat } from '@rcnn/datasets';
import type { DatasetReport } from '@rcnn/datasets/node';
import type { Command } from 'commander';
import { formatTable, printJson } from '../output.ts';

interface Options {
  split?: string;
  classes?: string;
  format?: DatasetFormat;
  keypoints?: true;
  json?: true;
}

/** `rcnn data check`: reads a dataset whole and names every fault. */
export function dataCheckCommand(data: Command): void {
  data
    .command('check')
    .description('read a dataset whole, decode every image, report every problem; exit code 1 if there is any')
    .argument('<dir>', 'folder with a dataset: Pascal VOC, COCO, YOLO, LabelMe, or images and masks')
    .option('--split <name>', 'check this split alone')
    .option('--classes <names>', 'the classes there are, separated by commas; any other is a problem')
    .option('--format <format>', `where a folder holds more than one: ${Object.keys(formatNames).join(', ')}`, parseFormat)
    .option('--keypoints', "read COCO's person_keypoints files where there are instances files too")
    .option('--json', 'print one JSON document')
    .action(async (dir: string, { split, classes, format, keypoints, json }: Options) => {
      const { formatProblem } = await import('@rcnn/datasets');
      const { checkDataset } = await import('@rcnn/datasets/node');
      const { createProgress } = await import('../progress.ts');
      let progress: ReturnType<typeof createProgress> | undefined;
      const report = await checkDataset(dir, {
        split,
        format,
        keypoints,
        classes: classes?.split(',').map((name) => name.trim()).filter((name) => name !== ''),
        onImage: (_, total) => {
          progress ??= createProgress({ label: 'decoding', total, unit: 'images' });
          progress.advance();
        },
      });
      progress?.finish();
      if (json) {
        printJson({ root: dir, ...report });
      } else {
        report.problems.forEach((problem) => process.stdout.write(`${formatProblem(problem)}\n`));
        process.stdout.write(formatReport(dir, report));
      }
      if (report.problems.length > 0) {
        process.exitCode = 1;
      }
    });
}

const formatNames: Readonly<Record<DatasetFormat, string>> = {
  voc: 'Pascal VOC',
  coco: 'COCO',
  yolo: 'YOLO',
  labelme: 'LabelMe',
  masks: 'Masks',
};

function parseFormat(text: string): string {
  if (!Object.hasOwn(formatNames, text)) {
    throw new Error(`option '--format <format>': expected ${Object.keys(formatNames).join(', ').replace(/, (\w+)$/, ' or $1')}, got ${text}`);
  }
  return text;
}

/** The summary in words and columns. */
function formatReport(dir: string, { splits, images, sizes, problems }: DatasetReport): string {
  const formats = [...new Set(splits.map(({ format }) => format))];
  const blocks = formats.map((format) => {
    const parts = splits.filter((split) => split.format === format);
    const classes = [...new Set(parts.flatMap(({ boxesPerClass }) => Object.keys(boxesPerClass)))];
    const present = classes.filter((name) => parts.some(({ boxesPerClass }) => boxesPerClass[name] > 0));
    const absent = classes.length - present.length;
    const row = (name: string, of: (part: (typeof parts)[number]) => number): (string | number)[] => [name, ...parts.map(of)];
    return formatTable([
      [formatNames[format], ...parts.map(({ split }) => split)],
      row('images', (part) => part.images),
      row('boxes', (part) => part.boxes),
      ...present.map((name) => row(`  ${name}`, ({ boxesPerClass }) => boxesPerClass[name] ?? 0)),
      ...(absent > 0 ? [row(`  ${absent} more classes`, () => 0)] : []),
      ...(parts.some(({ masks }) => masks > 0) ? [row('masks', (part) => part.masks)] : []),
      ...(parts.some(({ keypoints }) => keypoints > 0) ? [row('with keypoints', (part) => part.keypoints)] : []),
      ...(parts.some(({ difficult }) => difficult > 0) ? [row('difficult', (part) => part.difficult)] : []),
      ...(parts.some(({ crowd }) => crowd > 0) ? [row('crowd', (part) => part.crowd)] : []),
    ]);
  });
  const range = sizes && `, ${sizes.smallest.width}×${sizes.smallest.height} to ${sizes.largest.width}×${sizes.largest.height} pixels`;
  const verdict = problems.length === 0 ? 'no problem' : `${problems.length} ${problems.length > 1 ? 'problems' : 'problem'}`;
  return `${blocks.map((block) => `\n${block}`).join('')}\n${dir}: ${images} images decoded${range ?? ''}; ${verdict}\n`;
}
