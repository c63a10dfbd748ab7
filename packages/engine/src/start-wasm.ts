import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels } from './wasm/index.ts';

const require = createRequire(import.meta.url);

/** tfjs's WebAssembly backend, with the kernels it lacks for training. */
export function startWasm(): Promise<string> {
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  registerWasmKernels();
  return Promise.resolve('wasm');
}
