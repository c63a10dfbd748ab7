// Proves the direction of dependencies: each package imports only from those named here, every import is declared in
// its package.json and every dependency there imported, and no file imports itself through others. Run by
// `pnpm check:imports`; exit code 1 with a line for each fault.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleImports, sourceFiles } from './module-imports.ts';

/** Which of our packages each may import, in its own source (tests may import what they like). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  geometry: [],
  weights: [],
  proposals: ['geometry'],
  datasets: ['geometry'],
  eval: ['geometry'],
  nn: ['geometry'],
  'roi-ops': ['geometry'],
  rpn: ['geometry', 'nn'],
  heads: ['geometry', 'nn', 'roi-ops'],
  models: ['geometry', 'nn', 'weights', 'roi-ops', 'rpn', 'heads'],
  engine: [],
};

/** Packages that must work without any tensor library. */
const pure: readonly string[] = ['geometry', 'weights', 'proposals', 'datasets', 'eval'];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** `@rcnn/x/node` → `@rcnn/x`, `sharp/lib` → `sharp`. */
function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function faultsOfPackage(folder: string): string[] {
  const name = relative(join(root, 'packages'), folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
  const faults: string[] = [];
  if (!(name in allowed)) return [`packages/${name}: not in the table of tooling/checks/imports.ts`];
  const files = sourceFiles(join(folder, 'src'));
  for (const file of files) {
    for (const { specifier, line } of moduleImports(file)) {
      const say = (what: string): void => void faults.push(`${relative(root, file)}:${line}: ${what}`);
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
      const imported = packageOf(specifier);
      if (!declared.has(imported)) say(`imports ${specifier}, which package.json does not declare`);
      const ours = /^@rcnn\/(.*)$/.exec(imported)?.[1];
      if (ours !== undefined && !allowed[name].includes(ours)) say(`imports @rcnn/${ours}; ${name} may import ${allowed[name].join(', ') || 'no other package'}`);
      if (imported.startsWith('@tensorflow/') && pure.includes(name)) say(`imports ${specifier}; ${name} knows no tensor library`);
    }
  }
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n'); // types are imported too
  const unused = Object.keys(manifest.dependencies ?? {}).filter((each) => !sources.includes(`'${each}`));
  return [...faults, ...unused.map((each) => `packages/${name}/package.json: depends on ${each}, which no file imports`)];
}

/** Each cycle of imports among files, once. */
function cycles(files: readonly string[]): string[] {
  const graph = new Map(
    files.map((file) => [file, moduleImports(file).filter(({ specifier }) => specifier.startsWith('.')).map(({ specifier }) => resolve(dirname(file), specifier))]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push(`cycle: ${[...path.slice(at), file].map((each) => relative(root, each)).join(' → ')}`);
    } else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  return found;
}

const foldersIn = (parent: string): string[] =>
  readdirSync(join(root, parent)).map((name) => join(root, parent, name)).filter((folder) => existsSync(join(folder, 'package.json')));
const packages = foldersIn('packages');
const all = [...packages, ...foldersIn('apps')].flatMap((folder) => sourceFiles(join(folder, 'src')));
const faults = [...packages.flatMap(faultsOfPackage), ...cycles(all)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`imports: ${packages.length} packages and ${all.length} files, all in one direction`);
