import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type Rollup } from 'vite';

/** A built-in module of Node's that a browser's bundle would need. */
export interface NodeImport {
  readonly specifier: string;
  /** The file that imports it. */
  readonly importer: string;
}

/** What Vite makes of an entry. */
export interface Bundle {
  readonly code: string;
  readonly nodeImports: readonly NodeImport[];
}

/** How to bundle. */
export interface BundleOptions {
  /** The project's folder: where imports are resolved from. */
  readonly root: string;
  /** A file in it. */
  readonly entry: string;
  /** Left outside, with everything below: `@tensorflow/tfjs-core` and the like. */
  readonly external?: (specifier: string) => boolean;
  /** Where a specifier leads, in place of what its package says. */
  readonly alias?: (specifier: string) => string | undefined;
}

/** A minified bundle for browsers, with all that the entry exports. */
export async function bundle({ root, entry, external = () => false, alias = () => undefined }: BundleOptions): Promise<Bundle> {
  const nodeImports: NodeImport[] = [];
  const aliases: Plugin = { name: 'aliases', enforce: 'pre', resolveId: (specifier) => alias(specifier) };
  const result = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [aliases, collectNodeImports(nodeImports)],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict', external, output: { format: 'es', codeSplitting: false } },
    },
  })) as Rollup.RollupOutput;
  return { code: result.output[0].code, nodeImports };
}

/** Bytes of a bundle after gzip. */
export function gzippedSize(code: string): number {
  return gzipSync(code, { level: 9 }).length;
}

/** Notes each built-in module that is imported, unless the importing package says what browsers take instead. */
function collectNodeImports(found: NodeImport[]): Plugin {
  return {
    name: 'collect-node-imports',
    enforce: 'pre',
    resolveId(specifier, importer) {
      if (importer === undefined || !isBuiltin(specifier) || hasBrowserSubstitute(importer, specifier)) return undefined;
      found.push({ specifier, importer });
      return undefined;
    },
  };
}

/** Whether `browser` in the importer's package.json names the module, as tfjs-core does with `{"util": false}`. */
function hasBrowserSubstitute(importer: string, specifier: string): boolean {
  let folder = dirname(importer);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const { browser } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { browser?: unknown };
  return typeof browser === 'object' && browser !== null && specifier.replace(/^node:/, '') in browser;
}
