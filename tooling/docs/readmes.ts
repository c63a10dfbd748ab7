// `pnpm readmes`: writes what the READMEs say by themselves: the API table of each package from its docstrings, its size
// from sizes.json, the root's table of packages. With `--check` it writes nothing, and says which are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedSizes, kilobytes, type Sizes } from '../packages/sizes.ts';
import { entryPoints, publicPackages, root, type Package } from '../packages/workspace.ts';
import { apiTable, readApi, undocumented } from './api-table.ts';
import { replaceBetweenMarkers } from './markers.ts';

const check = process.argv.includes('--check');
const faults: string[] = [];
const packages = publicPackages();
const sizes = acceptedSizes();
const api = readApi(packages.flatMap((each) => entryPoints(each).map(({ source }) => source)));

function update(path: string, texts: Readonly<Record<string, string>>): void {
  const file = join(root, path);
  try {
    const before = readFileSync(file, 'utf8');
    const after = Object.entries(texts).reduce((markdown, [name, text]) => replaceBetweenMarkers(markdown, name, text), before);
    if (after === before) return;
    if (check) faults.push(`${path}: out of date; \`pnpm readmes\` writes it anew`);
    else writeFileSync(file, after);
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message}`);
  }
}

/** `Size, minified and gzipped: 9.0 kB.` and what that leaves out. */
function sizeLine(of: Package, known: Sizes): string {
  const points = entryPoints(of).map(({ specifier }) => [specifier, known[specifier]] as const);
  const figure = (size: number | undefined): string => (size === undefined ? 'not measured yet' : kilobytes(size));
  const figures = points.map(([specifier, size]) => (points.length > 1 ? `\`${specifier}\` ${figure(size)}` : figure(size)));
  const peers = Object.keys(of.manifest.peerDependencies ?? {}).map((name) => (name.startsWith('@tensorflow/') ? 'tfjs' : name));
  const others = Object.keys(of.manifest.dependencies ?? {}).length > 0 ? ', dependencies included' : '';
  return `Size, minified and gzipped${others}${peers.length === 0 ? '' : `, without ${[...new Set(peers)].join(' and ')}`}: ${figures.join(', ')}.`;
}

for (const each of packages) {
  const points = entryPoints(each);
  if (points.length > 0) update(`${each.path}/README.md`, { api: apiTable(each, api), size: sizeLine(each, sizes) });
  for (const { source } of points) faults.push(...undocumented(each, api.get(source) ?? []));
}
const rows = packages.map(({ name, path, manifest }) => {
  const size = sizes[name];
  return `| [\`${name}\`](${path}) | ${manifest.description ?? ''} | ${size === undefined ? '' : kilobytes(size)} |`;
});
update('README.md', { packages: ['| package | what for | min + gzip |', '| --- | --- | --- |', ...rows].join('\n') });

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`READMEs: ${packages.length} packages, API tables and sizes ${check ? 'are current' : 'written'}`);
