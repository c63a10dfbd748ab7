import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, runProcess, type Ended } from './run-process.ts';
import { root } from './workspace.ts';

/** What npm is told by its environment: nothing but the work, and what it has already is not asked for again. */
export const npmEnvironment: Readonly<Record<string, string>> = {
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_prefer_offline: 'true',
  npm_config_loglevel: 'error',
};

/** An empty project in a folder, as somebody would begin one who has never heard of this repository. */
export function createProject(folder: string, npmrc: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, type: 'module' }, undefined, 2)}\n`);
  writeFileSync(join(folder, '.npmrc'), npmrc);
  return folder;
}

/** `npm install` of some packages. @throws Error with what npm said */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  await mustRun('npm', ['install', ...packages], { cwd: folder, env: npmEnvironment });
}

/** The packages that are installed in a project, by name. */
export function installedPackages(folder: string): string[] {
  const file = join(folder, 'package-lock.json');
  if (!existsSync(file)) return [];
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { readonly optional?: boolean }> };
  return Object.keys(packages).filter((path) => path !== '').map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/** Checks files of a project with TypeScript at its strictest; the errors are in what it prints. */
export function typecheck(folder: string, files: readonly string[], moduleResolution: 'nodenext' | 'bundler'): Promise<Ended> {
  const config = join(folder, `tsconfig.${moduleResolution}.json`);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'dom'],
    module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    skipLibCheck: false,
    typeRoots: [join(root, 'tooling/node_modules/@types')],
    types: ['node'],
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  return runProcess(join(root, 'node_modules/.bin/tsc'), ['-p', config, '--pretty', 'false'], { cwd: folder });
}

/**
 * The errors that TypeScript printed, each with the lines that explain it. tfjs's own declarations have some (they want a
 * type `Long` that it does not bring), which are nothing that a package of ours could put right.
 */
export function typeErrors(stdout: string): string[] {
  return stdout.trim().split(/\n(?! )/).filter((error) => !error.includes('node_modules/@tensorflow/'));
}
