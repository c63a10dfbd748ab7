import { renameSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/**
 * Compiles AssemblyScript to WebAssembly and writes it as base64 into a TypeScript module, which git ignores.
 * @param {{ folder: string, entry: string, target: string, name: string, options?: string[] }} module the folder and its entry file, the
 *   module to write and the constant in it
 */
export async function compileAssembly({ folder, entry, target, name, options = [] }) {
  const files = new Map();
  const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--baseDir', folder, ...options], {
    writeFile: (file, contents) => { files.set(file, contents); },
  });
  if (error) {
    process.stderr.write(stderr.toString());
    throw error;
  }
  const base64 = Buffer.from(files.get('out.wasm')).toString('base64');
  writeFileSync(`${target}.partial`, `/** ${entry}, compiled, as base64. */\nexport const ${name} =\n  '${base64}';\n`);
  renameSync(`${target}.partial`, target);
}
