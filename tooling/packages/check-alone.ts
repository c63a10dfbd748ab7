import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { runDocument } from '../docs/run-document.ts';
import { importsOfExample } from './example-forms.ts';
import { createProject, installedPackages } from './project.ts';
import { readReadme } from './readme.ts';
import { packageOf, pure, type Package } from './workspace.ts';

/**
 * A package by itself: does in an empty ES module project what its README says, and nothing else. Faults: a block that
 * fails or prints something else, an example that imports what the README does not install, a tensor library below a
 * package that must do without.
 */
export async function checkAlone(of: Package, folder: string, npmrc: string): Promise<string[]> {
  const { path, name, manifest } = of;
  const project = createProject(join(folder, path.replaceAll('/', '-')), npmrc);
  const { install, example } = readReadme(of);
  const strangers = importsOfExample(example?.code ?? '').filter((each) => !isBuiltin(each) && !install.includes(packageOf(each)));
  const faults = strangers.map((each) => `${path}/README.md: the example imports ${each}, which "npm install ${install.join(' ')}" does not name`);
  faults.push(...(await runDocument(`${path}/README.md`, { cwd: project })).faults);
  const installed = installedPackages(project);
  if (pure.includes(name)) faults.push(...tensorFaults(path, installed));
  const others = installed.filter((each) => each !== name);
  if (manifest.dependencies === undefined && manifest.peerDependencies === undefined && others.length > 0) {
    faults.push(`${path}/package.json: has no dependency, and yet installs ${others.join(', ')}`);
  }
  return faults;
}

/** A line for each tensor library among what a package brings along. */
export function tensorFaults(path: string, installed: readonly string[]): string[] {
  return installed
    .filter((name) => /^@tensorflow\/|^onnxruntime|^torch|^@huggingface\//.test(name))
    .map((name) => `${path}/package.json: installs ${name}; this package must do without any tensor library`);
}
