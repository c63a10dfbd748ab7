// `pnpm check:docs`: runs every block of code and every command in the READMEs and guides, and compares what they print with
// what the text says. What users read (docs/ and the packages' READMEs) runs in empty projects, against the packages as
// they would be published; what contributors read runs at the root, where it may write below runs/try. Blocks marked
// `<!-- run: long -->` run with `--long`. Names of files as arguments run those alone; `--but-packages` leaves out the
// READMEs that `pnpm check:packages` runs.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inParallel } from '../packages/in-parallel.ts';
import { build, pack } from '../packages/pack.ts';
import { createProject } from '../packages/project.ts';
import { serveRegistry } from '../packages/registry.ts';
import { mustRun } from '../packages/run-process.ts';
import { publicPackages, root } from '../packages/workspace.ts';
import { runDocument, type DocumentRun } from './run-document.ts';

const began = Date.now();
const [flags, named] = [process.argv.slice(2).filter((word) => word.startsWith('--')), process.argv.slice(2).filter((word) => !word.startsWith('--'))];
const long = flags.includes('--long');
const packages = publicPackages();
const readmes = packages.map(({ path }) => `${path}/README.md`);

/** Documents of the repository, in the order of their names; release notes are not written by hand. */
async function documents(): Promise<string[]> {
  const files = await mustRun('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root });
  return files.trim().split('\n').filter((file) => !file.startsWith('.changeset/') && !file.endsWith('CHANGELOG.md'));
}

const forUsers = (path: string): boolean => path.startsWith('docs/') || readmes.includes(path);
const wanted = named.length > 0 ? named : (await documents()).filter((path) => !(flags.includes('--but-packages') && readmes.includes(path)));

function tell(path: string, { ran, left, faults }: DocumentRun, seconds: number): void {
  const result = faults.length > 0 ? 'FAILS' : `${ran} run${left > 0 ? `, ${left} left for --long` : ''}`;
  console.log(`${path.padEnd(36)} ${seconds.toFixed(1).padStart(6)} s  ${result}`);
}

const folder = mkdtempSync(join(tmpdir(), 'docs-'));
const runs: DocumentRun[] = [];
try {
  await build();
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const registry = await serveRegistry(await pack(packages, tarballs));
  const run = async (path: string, cwd: string): Promise<void> => {
    const start = Date.now();
    const done = await runDocument(path, { cwd, long, types: path.startsWith('docs/') });
    tell(path, done, (Date.now() - start) / 1000);
    runs.push(done);
  };
  await inParallel(wanted.filter(forUsers), 2, (path) => run(path, createProject(join(folder, path.replaceAll('/', '-')), registry.npmrc)));
  for (const path of wanted.filter((each) => !forUsers(each))) {
    rmSync(join(root, 'runs/try'), { recursive: true, force: true });
    await run(path, root);
  }
  registry.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(root, 'runs/try'), { recursive: true, force: true });
}
const faults = runs.flatMap((each) => each.faults);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else {
  const [ran, left] = [runs.reduce((sum, each) => sum + each.ran, 0), runs.reduce((sum, each) => sum + each.left, 0)];
  console.log(`${runs.length} documents: ${ran} blocks run, ${left} left for --long; ${((Date.now() - began) / 1000).toFixed(0)} s`);
}
