import { defineConfig } from 'vite';

// eslint-disable-next-line no-restricted-syntax -- where Vite looks for it
export default defineConfig({
  base: './', // any web host, any folder of it
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2500 },
});
