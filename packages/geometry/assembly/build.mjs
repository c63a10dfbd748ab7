import { fileURLToPath } from 'node:url';
import { compileAssembly } from '@rcnn/tooling/assembly';

await compileAssembly({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  entry: 'unpack-counts.ts',
  target: fileURLToPath(new URL('../src/masks/unpack-counts.generated.ts', import.meta.url)),
  name: 'unpackCountsBase64',
});
