import { fileURLToPath } from 'node:url';
import { compileAssembly } from '@rcnn/tooling/assembly';

await compileAssembly({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  entry: 'index.ts',
  target: fileURLToPath(new URL('../src/kernels.generated.ts', import.meta.url)),
  name: 'kernelsBase64',
  options: ['--importMemory'],
});
