import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // any web host, any folder of it
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2500 },
});
