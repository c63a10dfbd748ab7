import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'apps/demo/browser/*.test.ts', 'tooling/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false, // tfjs and its engines are loaded once a worker, not once a file: a minute and a half less
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
