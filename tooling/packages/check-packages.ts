// `pnpm check:packages`: every public package as its users get it. Builds and packs them all, looks at each with publint
// and attw, serves them as a registry would, installs each alone in an empty project and all in a shared one, and runs
// every README there: as ES modules, under strict TypeScript, through `require`, and in a browser's bundle. Exit code 1
// with a line for each fault that says where.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAlone } from './check-alone.ts';
import { checkBrowser } from './check-browser.ts';
import { checkCocoFigures, hasCocoFiles } from './check-coco.ts';
import { checkCommonJs, checkTypes, createSharedProject } from './check-together.ts';
import { inParallel } from './in-parallel.ts';
import { attwFaults, publintFaults } from './lint-package.ts';
import { build, pack, type Tarball } from './pack.ts';
import { serveRegistry } from './registry.ts';
import { runProcess } from './run-process.ts';
import { acceptedSizes, measureSizes, sizeFaults } from './sizes.ts';
import { publicPackages, root } from './workspace.ts';

const began = Date.now();
const faults: string[] = [];

/** One step: says how long it took, and keeps its faults; an error thrown is one. */
async function step(name: string, check: () => Promise<readonly string[]>): Promise<boolean> {
  const start = Date.now();
  const found = await check().catch((error: unknown) => [`${name}: ${error instanceof Error ? error.message : String(error)}`]);
  faults.push(...found);
  const result = found.length === 0 ? 'ok' : `${found.length} ${found.length === 1 ? 'fault' : 'faults'}`;
  console.log(`${name.padEnd(52)} ${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${result}`);
  return found.length === 0;
}

async function importFaults(): Promise<string[]> {
  const { code, stderr } = await runProcess(join(root, 'node_modules/.bin/tsx'), ['tooling/checks/imports.ts'], { cwd: root });
  return code === 0 ? [] : stderr.trim().split('\n');
}

const packages = publicPackages();
// One without a README has that said of it when it is tried alone.
const documented = packages.filter(({ folder: at }) => existsSync(join(at, 'README.md')));
const folder = mkdtempSync(join(tmpdir(), 'packages-'));

async function checkPacked(tarballs: readonly Tarball[]): Promise<void> {
  await step('publint and attw', async () => {
    const found = await inParallel(tarballs, 2, async (tarball) => {
      const of = packages.find(({ name }) => name === tarball.name);
      return of === undefined ? [] : [...(await publintFaults(of, tarball)), ...(await attwFaults(of, tarball))];
    });
    return found.flat();
  });
  const registry = await serveRegistry(tarballs);
  try {
    await step('each alone in an empty ES module project', async () =>
      (await inParallel(packages, 2, (each) => checkAlone(each, folder, registry.npmrc).catch((error: unknown) => [`${each.path}: ${String((error as Error).message).replace(`${root}/`, '')}`]))).flat());
    if (hasCocoFiles) await step("the COCO API's test files, with eval alone", () => checkCocoFigures(folder, registry.npmrc));
    let shared = '';
    const installed = await step('all in one project', async () => {
      shared = await createSharedProject(documented, folder, registry.npmrc);
      return [];
    });
    if (!installed) return;
    await step('strict TypeScript, nodenext and bundler', () => checkTypes(documented, shared));
    await step('CommonJS, through require', () => checkCommonJs(documented, shared));
    await step('browser bundles by Vite', () => checkBrowser(documented, shared));
  } finally {
    registry.close();
  }
}

try {
  await step('imports in one direction', importFaults);
  if (await step('build', async () => (await build(), []))) {
    await step('sizes', async () => {
      const { sizes, faults: unbuilt } = await measureSizes(packages);
      return [...unbuilt, ...sizeFaults(sizes, acceptedSizes())];
    });
    let tarballs: readonly Tarball[] = [];
    const tarballFolder = join(folder, 'tarballs');
    mkdirSync(tarballFolder);
    if (await step('pack', async () => ((tarballs = await pack(packages, tarballFolder)), []))) await checkPacked(tarballs);
  }
} finally {
  if (process.env['KEEP_PROJECTS'] === undefined) rmSync(folder, { recursive: true, force: true });
  else console.log(`kept ${folder}`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${packages.length} packages install and work on their own; ${((Date.now() - began) / 1000).toFixed(0)} s`);
