// Compiles assembly/ to WebAssembly and writes it as base64 into src/kernels.generated.ts, which git ignores.
import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));
const files = new Map();
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--baseDir', here];
const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...options], {
  writeFile: (name, contents) => { files.set(name, contents); },
});
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
const base64 = Buffer.from(files.get('kernels.wasm')).toString('base64');
const target = join(here, '..', 'src', 'kernels.generated.ts');
writeFileSync(`${target}.partial`, `/** The compiled kernels of assembly/, as base64. */\nexport const kernelsBase64 =\n  '${base64}';\n`);
renameSync(`${target}.partial`, target);
