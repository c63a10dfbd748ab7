import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint, type Message } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './pack.ts';
import { runProcess } from './run-process.ts';
import { root, type Package } from './workspace.ts';

interface Problem {
  readonly kind: string;
  readonly entrypoint?: string;
  readonly resolutionKind?: string;
}

/** What publint finds in a packed package, a line each. */
export async function publintFaults({ path }: Package, { file, manifest }: Tarball): Promise<string[]> {
  const data = readFileSync(file);
  const tarball = new Uint8Array(data).buffer;
  const { messages } = await publint({ pack: { tarball }, level: 'suggestion' });
  // The packed package.json is named by the file it is made from; what `exports` says there is in `publishConfig`.
  return messages.map((message) => `${path}/package.json: publint: ${plainMessage(message, manifest)}`);
}

function plainMessage(message: Message, manifest: Tarball['manifest']): string {
  return formatMessage(message, { ...manifest }, { color: false }) ?? `${message.path.join('.')}: ${message.code}`;
}

/**
 * What @arethetypeswrong/cli finds in a packed package, a line each. Packages are ES modules: `require` of them is right
 * in every Node that they ask for, and TypeScript's resolution from before `exports` is nobody's any more.
 */
export async function attwFaults({ path }: Package, { file }: Tarball): Promise<string[]> {
  const command = join(root, 'tooling/node_modules/.bin/attw');
  const { stdout, stderr } = await runProcess(command, [file, '--profile', 'node16', '--format', 'json'], { cwd: root });
  let problems: readonly Problem[] | undefined;
  try {
    problems = (JSON.parse(stdout) as { analysis: { problems?: Problem[] } }).analysis.problems;
  } catch {
    return [`${path}/package.json: attw: ${(stderr.trim() || stdout.trim()).split('\n')[0]}`];
  }
  const faults = (problems ?? []).filter(({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10');
  return [...new Set(faults.map(({ kind, entrypoint = '.', resolutionKind }) =>
    `${path}/package.json: attw: exports["${entrypoint}"]: ${kind}${resolutionKind === undefined ? '' : ` under ${resolutionKind}`}`))];
}
