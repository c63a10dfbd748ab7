import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { registerOnnxKernels } from './onnx/index.ts';
import { multiplyInOnnx } from './onnx/products.ts';
import { loadOnnxRuntime } from './onnx/runtime.ts';
import { selfCheck } from './onnx/self-check.ts';
import { startWasm } from './start-wasm.ts';

let started: Promise<void> | undefined;

/**
 * tfjs's WebAssembly backend with ONNX Runtime for the products of matrices, and so for convolutions. Tensors stay on the
 * wasm heap, which both work on; the backend `onnx` is another name for the backend `wasm`, with other kernels.
 */
export async function startOnnx(): Promise<string> {
  started ??= start();
  await started;
  return 'onnx';
}

async function start(): Promise<void> {
  const runtime = loadOnnxRuntime();
  // A worker is one of several that share the cores between them.
  const multiply = multiplyInOnnx(runtime, { threads: isMainThread ? availableParallelism() : 1 });
  await tf.setBackend(await startWasm());
  registerOnnxKernels(multiply);
  tf.registerBackend('onnx', () => tf.findBackend('wasm'));
  await selfCheck();
}
