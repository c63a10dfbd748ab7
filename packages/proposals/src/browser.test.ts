import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('bundles for a browser without anything of Node', async () => {
  const { outputFiles, warnings } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    ...{ bundle: true, write: false, platform: 'browser', format: 'esm', minify: true, logLevel: 'silent' },
  });
  const text = outputFiles[0].text;
  expect(warnings).toEqual([]);
  expect(text).not.toMatch(/node:|require\(|process\.|\bBuffer\b/);
  expect(text.length).toBeLessThan(60_000);
});
