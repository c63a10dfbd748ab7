import * as tf from '@tensorflow/tfjs-core';
import { findAdapter, type FoundAdapter } from './webgpu/find-adapter.ts';
import { loadPackage } from './webgpu/load-package.ts';
import { readSynchronously } from './webgpu/read-synchronously.ts';

let started: Promise<FoundAdapter> | undefined; // held: Dawn goes with the last reference to its GPU, the device or not

/** tfjs's WebGPU backend on Dawn, the implementation of WebGPU in the package `webgpu`: any GPU, on every system. */
export async function startWebgpu(): Promise<string> {
  started ??= start();
  await started;
  return 'webgpu';
}

async function start(): Promise<FoundAdapter> {
  const { create, globals } = await loadPackage('webgpu', () => import('webgpu'));
  Object.assign(globalThis, globals); // GPUBuffer, GPUBufferUsage, …: tfjs expects them there, as in a browser
  const found = await findAdapter(create);
  const { gpu, adapter } = found;
  const device = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) });
  const { WebGPUBackend } = await loadPackage('@tensorflow/tfjs-backend-webgpu', () => import('@tensorflow/tfjs-backend-webgpu'));
  const backend = withNavigator(gpu, () => new WebGPUBackend(device, adapter.info));
  let failure: string | undefined;
  device.addEventListener('uncapturederror', ({ error }) => (failure ??= error.message.split('\n')[0]));
  // A GPU reports what went wrong later, and tfjs asks it nothing: without this the numbers would be wrong in silence.
  const sound = <T>(values: T): T => {
    if (failure !== undefined) throw new Error(`webgpu: ${failure}`);
    return values;
  };
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => sound(await read(dataId));
  backend.readSync = (dataId) => sound(readSynchronously(backend, dataId));
  tf.registerBackend('webgpu', () => backend);
  // Dawn has an event of its own under way until the next turn; a synchronous read must find none.
  await new Promise((resolve) => setImmediate(resolve));
  return found;
}

/** All that the adapter allows of what tfjs's kernels are bound by. */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  const names = [
    'maxComputeWorkgroupStorageSize',
    'maxComputeWorkgroupsPerDimension',
    'maxStorageBufferBindingSize',
    'maxBufferSize',
    'maxComputeWorkgroupSizeX',
    'maxComputeInvocationsPerWorkgroup',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, limits[name]]));
}

/** Runs `body` with a `navigator.gpu`, and only that long: packages take a lasting `navigator` for a browser's. */
function withNavigator<T>(gpu: GPU, body: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return body();
  } finally {
    if (own === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', own);
  }
}
