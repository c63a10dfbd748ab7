import { defineConfig } from 'tsup';

/**
 * The one build of every package: ESM, types beside it, dependencies left outside.
 * @param {string[] | Record<string, string>} entry
 */
export function packageBuild(entry = ['src/index.ts']) {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'es2022',
    // Declarations alone: `pnpm typecheck` checks the types, of all packages at once.
    dts: { compilerOptions: { noCheck: true } },
    clean: true,
    sourcemap: true,
    treeshake: true,
    tsconfig: 'tsconfig.json',
    silent: true,
  });
}
