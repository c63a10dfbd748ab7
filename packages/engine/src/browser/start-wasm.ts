import * as tf from '@tensorflow/tfjs-core';

/** tfjs's WebAssembly backend with our kernels; both need SIMD. */
export async function startWasm(file: string | undefined): Promise<void> {
  if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmKernels } = await import('../wasm/index.ts');
  // Its build with threads has a memory that is shared, which our kernels do not import.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error("this browser's WebAssembly has no SIMD");
  if (file !== undefined) {
    setWasmPaths({ 'tfjs-backend-wasm.wasm': file, 'tfjs-backend-wasm-simd.wasm': file, 'tfjs-backend-wasm-threaded-simd.wasm': file });
  }
  registerWasmKernels();
}
