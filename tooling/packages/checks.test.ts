import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInSandbox } from './browser-sandbox.ts';
import { bundle } from './bundle.ts';
import { tensorFaults } from './check-alone.ts';
import { nodeImportFault } from './check-browser.ts';
import { asBrowserEntry, asCommonJs, asModule, importsOfExample, needsNode } from './example-forms.ts';
import { sizeFaults } from './sizes.ts';
import { publicPackages, runsInBrowsers } from './workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const example = `import { sum, type Numbers } from './sum.js';
const numbers: Numbers = [1, 2];
console.log(await Promise.resolve(sum(numbers)));
`;

describe('the forms of an example', () => {
  it('are JavaScript: a module, CommonJS with the awaiting part in a function', () => {
    expect(asModule(example)).toContain('import { sum } from');
    expect(asModule(example)).not.toContain('Numbers');
    expect(asCommonJs(example)).toMatch(/^\(async \(\) => \{[^]*require\("\.\/sum\.js"\)[^]*await[^]*\}\)\(\)/);
  });

  it('say what they import, and whether a browser can run them', () => {
    expect(importsOfExample(example)).toEqual(['./sum.js']);
    expect(needsNode(example)).toBe(false);
    expect(needsNode(`import { readFile } from 'fs/promises';`)).toBe(true);
    expect(needsNode('console.log(process.argv);')).toBe(true);
  });
});

describe('a browser bundle', () => {
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'sum.js'), 'export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);\n');
  const bundled = (entry: string, code: string): ReturnType<typeof bundle> => {
    writeFileSync(join(folder, entry), code);
    return bundle({ root: folder, entry: join(folder, entry) });
  };

  it('runs an example to its end, and says what the package exports', async () => {
    const { code, nodeImports } = await bundled('entry.js', asBrowserEntry('./sum.js', example));
    expect(nodeImports).toEqual([]);
    expect(await runInSandbox(code)).toEqual({ stdout: '3\n', exported: ['sum'] });
  });

  it('names the file that imports a built-in module of Node', async () => {
    const { nodeImports } = await bundled('reader.js', `import { readFileSync } from 'node:fs';\nconsole.log(readFileSync);\n`);
    expect(nodeImports).toEqual([{ specifier: 'node:fs', importer: join(folder, 'reader.js') }]);
  });

  it('finds no globals of Node', async () => {
    const { code } = await bundled('global.js', asBrowserEntry('./sum.js', 'console.log(typeof process, typeof Buffer);'));
    expect((await runInSandbox(code)).stdout).toBe('undefined undefined\n');
  });
});

describe('the lines of faults', () => {
  it('name a size that has grown by more than a tenth, and one above its limit', () => {
    expect(sizeFaults({ '@rcnn/nn': 1090 }, { '@rcnn/nn': 1000 })).toEqual([]);
    expect(sizeFaults({ '@rcnn/nn': 1200 }, { '@rcnn/nn': 1000 })[0]).toMatch(/^@rcnn\/nn: 1\.2 kB.* 20 % more than the 1\.0 kB/);
    expect(sizeFaults({ '@rcnn/geometry': 15_001 }, { '@rcnn/geometry': 15_001 })[0]).toContain('must stay below 15.0 kB');
    expect(sizeFaults({ '@rcnn/new': 1 }, {})[0]).toContain('not in tooling/packages/sizes.json');
  });

  it('name a tensor library that is installed', () => {
    expect(tensorFaults('packages/geometry', ['@rcnn/geometry', '@tensorflow/tfjs-core'])).toEqual([
      'packages/geometry/package.json: installs @tensorflow/tfjs-core; this package must do without any tensor library',
    ]);
  });

  it('lead from a bundle to the place in the source', () => {
    const packages = publicPackages();
    const importer = '/tmp/x/node_modules/@rcnn/datasets/dist/index.js';
    expect(nodeImportFault('@rcnn/datasets', { specifier: 'node:fs', importer }, packages)).toBe(
      `${importer}: imports node:fs, which the browser's bundle of @rcnn/datasets cannot have`,
    );
  });
});

describe('the workspace', () => {
  it('has the packages that are published, and knows which entries are for browsers', () => {
    expect(publicPackages().map(({ name }) => name)).toContain('@rcnn/geometry');
    expect(publicPackages().map(({ name }) => name)).not.toContain('@rcnn/tooling');
    expect(runsInBrowsers('@rcnn/datasets')).toBe(true);
    expect(runsInBrowsers('@rcnn/datasets/node')).toBe(false);
    expect(runsInBrowsers('@rcnn/engine/browser')).toBe(true);
    expect(runsInBrowsers('@rcnn/engine')).toBe(false);
  });
});
