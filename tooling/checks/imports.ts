// Proves the direction of dependencies: each package imports only from those named here, every import is declared in
// its package.json, and no file imports itself through others. Run by `pnpm check:imports`; exit code 1 with a line
// for each fault.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Which of our packages each may import, in its own source (tests may import what they like). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  geometry: [],
  weights: [],
  datasets: ['geometry'],
  eval: ['geometry'],
  nn: ['geometry'],
  'roi-ops': ['geometry'],
  rpn: ['geometry', 'nn', 'roi-ops'],
  heads: ['geometry', 'nn', 'roi-ops'],
  models: ['geometry', 'nn', 'weights', 'roi-ops', 'rpn', 'heads'],
  engine: [],
};

/** Packages that must work without any tensor library. */
const pure: readonly string[] = ['geometry', 'weights', 'datasets', 'eval'];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** The source files below a folder, tests and what serves them left out. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['fixtures', 'testing'].includes(entry.name) ? [] : sourceFiles(path);
    return /\.ts$/.test(entry.name) && !/\.test\.ts$|^test-/.test(entry.name) ? [path] : [];
  });
}

/** The specifiers that a file imports at run time; types vanish and bind nothing. */
function importsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    const typeOnly =
      (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) || (ts.isExportDeclaration(node) && node.isTypeOnly);
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && !typeOnly && node.moduleSpecifier !== undefined) {
      specifiers.push((node.moduleSpecifier as ts.StringLiteral).text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(node.arguments[0])) {
      specifiers.push(node.arguments[0].text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return specifiers;
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
  for (const file of sourceFiles(join(folder, 'src'))) {
    const say = (what: string): void => void faults.push(`${relative(root, file)}: ${what}`);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
      const imported = packageOf(specifier);
      if (!declared.has(imported)) say(`imports ${specifier}, which package.json does not declare`);
      const ours = /^@rcnn\/(.*)$/.exec(imported)?.[1];
      if (ours !== undefined && !allowed[name].includes(ours)) say(`imports @rcnn/${ours}; ${name} may import ${allowed[name].join(', ') || 'no other package'}`);
      if (imported.startsWith('@tensorflow/') && pure.includes(name)) say(`imports ${specifier}; ${name} knows no tensor library`);
    }
  }
  return faults;
}

/** Each cycle of imports among files, once. */
function cycles(files: readonly string[]): string[] {
  const graph = new Map(
    files.map((file) => [file, importsOf(file).filter((s) => s.startsWith('.')).map((s) => resolve(dirname(file), s))]),
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
