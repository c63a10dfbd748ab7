import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asModule } from '../packages/example-forms.ts';
import { npmEnvironment, typecheck, typeErrors } from '../packages/project.ts';
import { lastLines, runProcess } from '../packages/run-process.ts';
import { root } from '../packages/workspace.ts';
import { isRunnable, markdownBlocks, type Block } from './markdown-blocks.ts';
import { outputDifference } from './match-output.ts';

/** What was done with the blocks of a document. */
export interface DocumentRun {
  readonly ran: number;
  /** Blocks marked `<!-- run: long -->`, left for `--long`. */
  readonly left: number;
  /** A line for each block that fails or prints something else than the document says. */
  readonly faults: readonly string[];
}

/** Where a document's blocks are run. */
export interface DocumentOptions {
  readonly cwd: string;
  readonly long?: boolean;
  /** Whether the blocks in `ts` are checked as strict TypeScript too. */
  readonly types?: boolean;
}

/** Languages of blocks that there is nothing to run of. */
const inert = ['text', 'yaml', 'json', 'html'];

/**
 * Runs a Markdown file's blocks one after the other in one folder: `sh` with bash, `ts` and `js` as ES modules with Node.
 * The first that fails ends it, since the next may need what it leaves.
 * @param path of the file, from the root of the repository
 */
export async function runDocument(path: string, { cwd, long = false, types = false }: DocumentOptions): Promise<DocumentRun> {
  let [ran, left] = [0, 0];
  const typed: string[] = [];
  for (const block of markdownBlocks(readFileSync(join(root, path), 'utf8'))) {
    const fault = (what: string): DocumentRun => ({ ran, left, faults: [`${path}:${block.line}: ${what}`] });
    if (block.file !== undefined) {
      writeFileSync(join(cwd, block.file), block.code);
    } else if (!isRunnable(block)) {
      if (!inert.includes(block.language)) return fault(`expected a block in ts, js or sh, or in ${inert.join(', ')}; got "${block.language}"`);
    } else if (block.run !== undefined && block.run !== 'long') {
      return fault(`expected <!-- run: long -->, got "${block.run}"`);
    } else if (block.run === 'long' && !long) {
      left++;
    } else {
      if (types && block.language === 'ts') {
        typed.push(`block-${block.line}.ts`);
        writeFileSync(join(cwd, `block-${block.line}.ts`), block.code);
      }
      const wrong = await runBlock(block, cwd);
      if (wrong !== undefined) return fault(wrong);
      ran++;
    }
  }
  const { code, stdout } = typed.length === 0 ? { code: 0, stdout: '' } : await typecheck(cwd, typed, 'nodenext');
  return { ran, left, faults: code === 0 ? [] : typeErrors(stdout).map((error) => `${path}: ${error}`) };
}

async function runBlock({ language, code, line, output }: Block, cwd: string): Promise<string | undefined> {
  const script = join(cwd, `block-${line}.mjs`);
  if (language !== 'sh') writeFileSync(script, asModule(code));
  const [command, args] = language === 'sh' ? ['bash', ['-euo', 'pipefail', '-c', code]] : ['node', [script]];
  const { code: exit, stdout, stderr } = await runProcess(command, args, { cwd, env: npmEnvironment, timeout: 3_600_000 });
  if (exit !== 0) return `exit code ${exit}\n${lastLines(`${stdout}\n${stderr}`, 15)}`;
  const difference = output === undefined ? undefined : outputDifference(output, stdout);
  return difference === undefined ? undefined : `prints something else: ${difference}`;
}
