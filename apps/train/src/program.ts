import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { compressCommand } from './commands/compress.ts';
import { dataCheckCommand } from './commands/data-check.ts';
import { dataFiguresCommand } from './commands/data-figures.ts';
import { dataShapesCommand } from './commands/data-shapes.ts';
import { detectCommand } from './commands/detect.ts';
import { evalCommand } from './commands/eval.ts';
import { proposalsCommand } from './commands/proposals.ts';
import { scoreCommand } from './commands/score.ts';
import { trainCommand } from './commands/train.ts';
import { weightsConvertCommand } from './commands/weights-convert.ts';
import { weightsInspectCommand } from './commands/weights-inspect.ts';

/** The command line, all commands registered. A command loads what it needs when it runs, so that `--help` is quick. */
export function createProgram(): Command {
  const program = new Command('rcnn')
    .description('Trains, evaluates and runs region-based object detectors.')
    .version(packageJson.version);
  const data = program.command('data').description('make and check datasets');
  dataShapesCommand(data);
  dataFiguresCommand(data);
  dataCheckCommand(data);
  trainCommand(program);
  compressCommand(program);
  evalCommand(program);
  detectCommand(program);
  scoreCommand(program);
  proposalsCommand(program);
  const weights = program.command('weights').description('look into files of weights and convert them');
  weightsInspectCommand(weights);
  weightsConvertCommand(weights);
  return program;
}
