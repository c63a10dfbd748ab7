import { defineConfig, type Options } from 'tsup';

/** The one build of every package: ESM, types beside it, dependencies left outside. */
export function packageBuild(entry: readonly string[] = ['src/index.ts']): ReturnType<typeof defineConfig> {
  const options: Options = {
    entry: [...entry],
    format: 'esm',
    target: 'es2022',
    dts: true,
    clean: true,
    sourcemap: true,
    treeshake: true,
    tsconfig: 'tsconfig.json',
    silent: true,
  };
  return defineConfig(options);
}
