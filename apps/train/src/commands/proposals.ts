import { InvalidArgumentError, type Command } from 'commander';
import { wholeNumber } from '../options.ts';
import type { ProposalsOptions } from '../proposals/proposals-command.ts';

/** `rcnn proposals`: boxes in which objects may be, by selective search. */
export function proposalsCommand(program: Command): void {
  program
    .command('proposals')
    .description('propose boxes by selective search; of a folder on several threads, resumed from a cache')
    .argument('<image...>', 'image files, or folders of them')
    .option('--mode <mode>', 'fast, quality or single', oneOf('fast', 'quality', 'single'), 'fast')
    .option('--flavour <flavour>', "opencv: ximgproc's parameters; matlab: the paper's code as R-CNN ran it", oneOf('opencv', 'matlab'), 'opencv')
    .option('--max <n>', 'at most so many boxes an image (default: all)', wholeNumber(1))
    .option('--min-box-size <px>', 'leave out boxes narrower or lower (default: 0, matlab 20)', wholeNumber(0))
    .option('--ranking <order>', "position: the paper's, from the whole image down; level: OpenCV's", oneOf('position', 'level'))
    .option('--seed <n>', 'the same seed gives the same boxes in the same order', wholeNumber(0), 0)
    .option('--out <path>', 'one file if it ends in .json, else a folder with a file for each image')
    .option('--workers <n>', 'threads (default: as many as cores)', wholeNumber(1))
    .option('--cache <dir>', "where what is computed is kept (default: the user's cache folder for folders, none for files)")
    .option('--no-cache', 'compute everything anew')
    .option('--json', 'print one JSON document: boxes as [x1, y1, x2, y2] in pixels, the most promising first')
    .action(async (paths: string[], options: ProposalsOptions) => {
      const { proposals } = await import('../proposals/proposals-command.ts');
      await proposals(paths, options);
    });
}

/** Reads an option that is one of some words. */
function oneOf(...words: readonly string[]): (text: string) => string {
  return (text) => {
    if (!words.includes(text)) throw new InvalidArgumentError(`Expected ${words.join(', ')}.`);
    return text;
  };
}
