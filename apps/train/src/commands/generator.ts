import type { Command } from 'commander';
import type { WriteShapesOptions, WrittenShapes } from '@rcnn/datasets/node';
import { wholeNumber } from '../options.ts';

/** What every command that generates a dataset is told. */
export interface GeneratorOptions {
  readonly out: string;
  readonly count: number;
  readonly size: number;
  readonly seed: number;
  readonly json?: true;
}

/** A command of `rcnn data` that generates a dataset of square images, of `size` pixels unless told otherwise and of `least` at the least. */
export function generatorCommand(data: Command, name: string, { least, size }: { readonly least: number; readonly size: number }): Command {
  return data
    .command(name)
    .requiredOption('--out <dir>', 'folder to write; empty, new, or written by this command before')
    .option('--count <n>', 'images in all: 75 % train, 10 % val, 15 % test', wholeNumber(1), 800)
    .option('--size <px>', 'width and height of each image', wholeNumber(least), size)
    .option('--seed <n>', 'the same seed gives the same images', wholeNumber(0), 1);
}

/** Generates a dataset under a progress bar, and prints what it is: as JSON, or in a line that ends with what `contents` says. */
export async function generate<Written extends Pick<WrittenShapes, 'root' | 'splits'>>(
  { out, count, size, seed, json }: GeneratorOptions,
  write: (out: string, options: Required<Pick<WriteShapesOptions, 'count' | 'size' | 'seed' | 'onImage'>>) => Promise<Written>,
  contents: (written: Written) => string,
): Promise<void> {
  const { createProgress } = await import('../progress.ts');
  const { printJson } = await import('../output.ts');
  const progress = createProgress({ label: 'generating', total: count, unit: 'images' });
  const written = await write(out, { count, size, seed, onImage: () => progress.advance() }).finally(progress.finish);
  if (json) {
    printJson({ out, count, size, seed, ...written, root: undefined }); // which is `out`, made absolute
    return;
  }
  const parts = Object.entries(written.splits).map(([split, images]) => `${images} ${split}`);
  process.stdout.write(`${out}: ${count} images (${parts.join(', ')}), ${contents(written)}\n`);
}
