import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { moduleImports, sourceFiles } from '../checks/module-imports.ts';
import { outputDifference } from '../docs/match-output.ts';
import { runInSandbox } from './browser-sandbox.ts';
import { bundle, type NodeImport } from './bundle.ts';
import { asBrowserEntry, importsOfExample, needsNode } from './example-forms.ts';
import { readReadme } from './readme.ts';
import { entryPoints, root, runsInBrowsers, type Package } from './workspace.ts';

/**
 * Bundles everything that each package has for browsers with Vite, together with its README's example where a browser can
 * run that, and runs the bundle where Node's globals are absent.
 */
export async function checkBrowser(packages: readonly Package[], shared: string): Promise<string[]> {
  const folder = join(shared, 'browser');
  mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const each of packages) {
    for (const { specifier } of entryPoints(each).filter((entry) => runsInBrowsers(entry.specifier))) {
      const { example } = readReadme(each);
      const runnable = example !== undefined && !needsNode(example.code) && importsOfExample(example.code).every(runsInBrowsers);
      const entry = join(folder, `${specifier.replaceAll('/', '-')}.js`);
      writeFileSync(entry, asBrowserEntry(specifier, runnable ? example.code : ''));
      const external = (imported: string): boolean => each.manifest.peerDependenciesMeta?.[imported]?.optional === true;
      const { code, nodeImports } = await bundle({ root: realpathSync(shared), entry: realpathSync(entry), external });
      faults.push(...nodeImports.map((found) => nodeImportFault(specifier, found, packages)));
      if (nodeImports.length > 0) continue;
      try {
        const { stdout, exported } = await runInSandbox(code);
        if (exported.length === 0) faults.push(`${each.path}: the browser's bundle of ${specifier} exports nothing`);
        const difference = runnable ? outputDifference(example.output, stdout) : undefined;
        if (difference !== undefined) faults.push(`${each.path}/README.md: the example in a browser's bundle prints something else: ${difference}`);
      } catch (error) {
        // An error of another realm is none of this one's classes.
        faults.push(`${each.path}: the browser's bundle of ${specifier} fails: ${String((error as { message?: unknown }).message ?? error)}`);
      }
    }
  }
  return faults;
}

/** The line of a fault: the place in the source, where the file that was bundled is one of ours. */
export function nodeImportFault(specifier: string, found: NodeImport, packages: readonly Package[]): string {
  const owner = packages.find(({ name }) => found.importer.includes(`/node_modules/${name}/`));
  const places = owner === undefined ? [] : placesOf(owner, found.specifier);
  return `${places.join(', ') || found.importer}: imports ${found.specifier}, which the browser's bundle of ${specifier} cannot have`;
}

/** Where a package's source outside its Node part imports a module: `packages/geometry/src/nms.ts:1`. */
function placesOf({ folder }: Package, module: string): string[] {
  const plain = module.replace(/^node:/, '');
  return sourceFiles(join(folder, 'src'))
    .filter((file) => !file.includes('/src/node/') && readFileSync(file, 'utf8').includes(plain))
    .flatMap((file) => moduleImports(file)
      .filter((each) => each.specifier.replace(/^node:/, '') === plain)
      .map(({ line }) => `${relative(root, file)}:${line}`));
}
