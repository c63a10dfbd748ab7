import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that replace modules, which no other test may see. */
const replacing = ['apps/train/src/regions/post-hoc-svms.test.ts', 'apps/train/src/run/detect-command.test.ts'];
const include = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'apps/demo/browser/*.test.ts', 'tooling/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      // tfjs and its engines are loaded once a worker, not once a file: a minute and a half less.
      { extends: true, test: { name: 'together', include, exclude: [...configDefaults.exclude, ...replacing], isolate: false } },
      { extends: true, test: { name: 'apart', include: replacing } },
    ],
  },
});
