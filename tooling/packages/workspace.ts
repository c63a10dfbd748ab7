import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The parts of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly bin?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, string | { readonly default: string }>> };
  readonly exports?: Readonly<Record<string, string>>;
}

/** A package that is published. */
export interface Package {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** From the root of the repository: what a line of a fault begins with. */
  readonly path: string;
  readonly manifest: Manifest;
}

/** The root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Packages that use Node itself, by what they are for: their root entry is no browser path. */
const nodeOnly: readonly string[] = ['@rcnn/cli', '@rcnn/engine'];

/** Packages that must install and work without any tensor library. */
export const pure: readonly string[] = ['@rcnn/geometry', '@rcnn/weights', '@rcnn/datasets', '@rcnn/eval', '@rcnn/proposals'];

/** The packages of the workspace that are published, in alphabetical order of their folders. */
export function publicPackages(): Package[] {
  return ['packages', 'apps']
    .flatMap((parent) => readdirSync(join(root, parent)).sort().map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, path: relative(root, folder), manifest }));
}

/** Whether a specifier such as `@rcnn/datasets/node` or `@rcnn/engine/browser` is meant for browsers too. */
export function runsInBrowsers(specifier: string): boolean {
  return specifier.endsWith('/browser') || (!nodeOnly.includes(packageOf(specifier)) && !specifier.endsWith('/node'));
}

/** `@rcnn/x/node` → `@rcnn/x`, `sharp/lib` → `sharp`. */
export function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What can be imported of a package: `@rcnn/datasets`, `@rcnn/datasets/node`, and each's built file and source. */
export function entryPoints({ name, folder, manifest }: Package): { readonly specifier: string; readonly built: string; readonly source: string }[] {
  return Object.entries(manifest.publishConfig?.exports ?? {})
    .filter(([subpath]) => !subpath.endsWith('.json'))
    .map(([subpath, target]) => ({
      specifier: `${name}${subpath.slice(1)}`,
      built: join(folder, typeof target === 'string' ? target : target.default),
      source: join(folder, manifest.exports?.[subpath] ?? ''),
    }));
}
