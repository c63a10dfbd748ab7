import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputDifference } from '../docs/match-output.ts';
import { asCommonJs } from './example-forms.ts';
import { inParallel } from './in-parallel.ts';
import { createProject, npmInstall, typecheck, typeErrors } from './project.ts';
import { readReadme } from './readme.ts';
import { lastLines, runProcess } from './run-process.ts';
import type { Package } from './workspace.ts';

/** One project with all packages, for the checks that need no install of their own. */
export async function createSharedProject(packages: readonly Package[], folder: string, npmrc: string): Promise<string> {
  const project = createProject(join(folder, 'shared'), npmrc);
  await npmInstall(project, [...new Set(packages.flatMap((each) => readReadme(each).install))].sort());
  return project;
}

/** Each README's example in a strict TypeScript project, under both ways of finding modules that are in use. */
export async function checkTypes(packages: readonly Package[], shared: string): Promise<string[]> {
  const folder = join(shared, 'types');
  mkdirSync(folder, { recursive: true });
  const files = packages.flatMap((each) => {
    const { example } = readReadme(each);
    if (example === undefined) return [];
    const file = `${each.path.replaceAll('/', '-')}.ts`;
    writeFileSync(join(folder, file), example.code);
    return [file];
  });
  const kinds = ['nodenext', 'bundler'] as const;
  return inParallel(kinds, 2, async (moduleResolution) => {
    const { code, stdout } = await typecheck(folder, files, moduleResolution);
    return code === 0 ? [] : typeErrors(stdout).map((error) => `TypeScript (${moduleResolution}): ${inReadme(error)}`);
  }).then((faults) => faults.flat());
}

/** `packages-rpn.ts(3,1): …` → `packages/rpn/README.md, example, line 3: …`. */
function inReadme(line: string): string {
  return line.replace(/^(packages|apps)-([\w-]+)\.ts\((\d+),\d+\)/, '$1/$2/README.md, example, line $3');
}

/** Each README's example in a CommonJS project, which gets the packages by `require`. */
export function checkCommonJs(packages: readonly Package[], shared: string): Promise<string[]> {
  const folder = join(shared, 'commonjs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "commonjs"}\n');
  return inParallel(packages, 2, async (each) => {
    const { example } = readReadme(each);
    if (example === undefined) return [];
    const file = join(folder, `${each.path.replaceAll('/', '-')}.js`);
    writeFileSync(file, asCommonJs(example.code));
    const { code, stdout, stderr } = await runProcess('node', [file], { cwd: folder });
    if (code !== 0) return [`${each.path}/README.md: the example under CommonJS: exit code ${code}\n${lastLines(stderr, 12)}`];
    const difference = outputDifference(example.output, stdout);
    return difference === undefined ? [] : [`${each.path}/README.md: the example under CommonJS prints something else: ${difference}`];
  }).then((faults) => faults.flat());
}
