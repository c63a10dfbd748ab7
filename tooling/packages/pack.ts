import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inParallel } from './in-parallel.ts';
import { mustRun } from './run-process.ts';
import { root, type Manifest, type Package } from './workspace.ts';

/** A package as it would be published. */
export interface Tarball {
  readonly name: string;
  readonly file: string;
  /** The package.json inside, in which `publishConfig` has taken effect. */
  readonly manifest: Manifest;
  readonly files: readonly string[];
}

/** Builds all packages. @throws Error with the end of what the build said */
export async function build(): Promise<void> {
  await mustRun(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--output-logs=errors-only', '--log-order=grouped'], { cwd: root, env: { TURBO_TELEMETRY_DISABLED: '1' }, timeout: 900_000 });
}

/** Packs each package into a folder, from what is built. */
export async function pack(packages: readonly Package[], folder: string): Promise<Tarball[]> {
  return inParallel(packages, 2, async ({ name, folder: cwd }) => {
    const said = await mustRun('pnpm', ['pack', '--json', '--pack-destination', folder], { cwd });
    const { filename } = JSON.parse(said.slice(said.indexOf('{'))) as { filename: string };
    const entries = readTar(gunzipSync(readFileSync(filename)));
    const manifest = entries.get('package/package.json');
    if (manifest === undefined) throw new Error(`${name}: no package.json in ${filename}`);
    return {
      name,
      file: join(filename),
      manifest: JSON.parse(manifest.toString('utf8')) as Manifest,
      files: [...entries.keys()].map((path) => path.replace(/^package\//, '')),
    };
  });
}

/** The files of a tar archive as `pnpm pack` writes it: names of up to 100 bytes, sizes in octal. */
function readTar(archive: Buffer): Map<string, Buffer> {
  const text = (from: number, length: number): string => archive.toString('utf8', from, from + length).split('\0')[0];
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const size = parseInt(text(at + 124, 12), 8);
    const prefix = text(at + 345, 155);
    files.set(prefix === '' ? text(at, 100) : `${prefix}/${text(at, 100)}`, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
