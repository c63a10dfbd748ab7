import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownBlocks } from '../docs/markdown-blocks.ts';
import type { Package } from './workspace.ts';

/** What a package's README shows. */
export interface Readme {
  /** What its line `npm install …` names. */
  readonly install: readonly string[];
  /** Its first block in TypeScript, if it has one, and what that prints. */
  readonly example?: { readonly code: string; readonly output: string };
}

/**
 * Reads a package's README. @throws Error naming the file, if it says not how to install the package, or shows an example
 * but not what that prints
 */
export function readReadme({ name, folder, path, manifest }: Package): Readme {
  const blocks = markdownBlocks(readFileSync(join(folder, 'README.md'), 'utf8'));
  const install = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => [...code.matchAll(/^npm install (.*)$/gm)].flatMap(([, words]) => words.split(' ')));
  if (!install.includes(name)) throw new Error(`${path}/README.md: expected a block in sh with "npm install ${name}"`);
  const example = blocks.find(({ language }) => language === 'ts');
  if (example === undefined) {
    if (manifest.bin === undefined) throw new Error(`${path}/README.md: expected an example in a block in ts`);
    return { install };
  }
  if (example.output === undefined) {
    throw new Error(`${path}/README.md:${example.line}: expected a block in text after the example with what it prints`);
  }
  return { install, example: { code: example.code, output: example.output } };
}
