import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { bundle, gzippedSize } from './bundle.ts';
import { entryPoints, packageOf, publicPackages, root, type Package } from './workspace.ts';

/** Bytes after minification and gzip, by what is imported. */
export type Sizes = Readonly<Record<string, number>>;

/** Growth that needs saying. */
const tolerance = 0.1;

/** Bytes that a package has promised to stay below. */
const limits: Sizes = { '@rcnn/geometry': 15_000 };

const file = join(root, 'tooling/packages/sizes.json');

/** The sizes that were last agreed on. */
export function acceptedSizes(): Sizes {
  return JSON.parse(readFileSync(file, 'utf8')) as Sizes;
}

/** Agrees on sizes. */
export function acceptSizes(sizes: Sizes): void {
  writeFileSync(file, `${JSON.stringify(sizes, undefined, 2)}\n`);
}

/**
 * The size of everything that each package exports, its own dependencies included; what it expects to find (tfjs, sharp)
 * and Node's own modules stay outside. From what is built.
 */
export async function measureSizes(packages: readonly Package[] = publicPackages()): Promise<{ readonly sizes: Sizes; readonly faults: readonly string[] }> {
  const built = new Map(packages.flatMap(entryPoints).map((entry) => [entry.specifier, entry.built]));
  const sizes: Record<string, number> = {};
  const faults: string[] = [];
  for (const each of packages) {
    const peers = Object.keys(each.manifest.peerDependencies ?? {});
    const external = (specifier: string): boolean => isBuiltin(specifier) || peers.includes(packageOf(specifier));
    for (const { specifier, built: entry } of entryPoints(each)) {
      if (!existsSync(entry)) {
        faults.push(`${each.path}/package.json: ${specifier} is ${relative(root, entry)}, which the build does not make`);
        continue;
      }
      const { code } = await bundle({ root: each.folder, entry, external, alias: (imported) => built.get(imported) });
      sizes[specifier] = gzippedSize(code);
    }
  }
  return { sizes, faults };
}

/** A line for each size that has grown by more than a tenth, passed its limit, or is not known yet. */
export function sizeFaults(measured: Sizes, accepted: Sizes): string[] {
  return Object.entries(measured).flatMap(([name, size]) => {
    const before = accepted[name];
    const accept = '`pnpm sizes --accept` agrees to it';
    if (size > (limits[name] ?? Infinity)) return [`${name}: ${kilobytes(size)} min + gzip, must stay below ${kilobytes(limits[name])}`];
    if (before === undefined) return [`${name}: ${kilobytes(size)} min + gzip, not in tooling/packages/sizes.json; ${accept}`];
    if (size <= before * (1 + tolerance)) return [];
    return [`${name}: ${kilobytes(size)} min + gzip, ${Math.round(100 * (size / before - 1))} % more than the ${kilobytes(before)} in tooling/packages/sizes.json; ${accept}`];
  });
}

/** `12.3 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
