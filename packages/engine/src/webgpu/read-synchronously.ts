import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * A tensor's values at once, which tfjs's backend can only read through a canvas, and so not in Node.
 * @throws Error if Dawn cannot wait, or the device is lost
 */
export function readSynchronously(backend: WebGPUBackend, dataId: object): tf.BackendValues {
  const data = backend.tensorMap.get(dataId);
  const { values: known, resource } = data as { values?: tf.BackendValues | null; resource?: object };
  if (known) return known;
  if (!(resource instanceof GPUBuffer)) throw new Error(`webgpu: a ${data.dtype} tensor cannot be read synchronously`);
  const staging = backend.bufferManager.acquireBuffer(resource.size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  const copy = backend.device.createCommandEncoder();
  copy.copyBufferToBuffer(resource, 0, staging, 0, resource.size);
  backend.queue.submit([copy.finish()]);
  waitUntilMapped(staging);
  const values = staging.getMappedRange().slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging);
  data.values = tf.util.convertBackendValuesAndArrayBuffer(values, data.dtype);
  return data.values;
}

/**
 * Maps a buffer for reading and blocks until it is. Dawn looks for what has ended on the GPU in a function that it hands
 * to `setImmediate`; here that function is caught and called in a loop in place of Node's event loop.
 */
function waitUntilMapped(buffer: GPUBuffer): void {
  const { setImmediate } = globalThis;
  let poll: (() => void) | undefined;
  globalThis.setImmediate = ((callback: () => void) => (poll = callback)) as unknown as typeof setImmediate;
  try {
    buffer.mapAsync(GPUMapMode.READ).catch(() => undefined); // the state tells it
    while (buffer.mapState === 'pending') {
      const next = poll;
      if (next === undefined) throw new Error('webgpu: a tensor cannot be read synchronously while another is being read');
      poll = undefined;
      next();
      if (poll !== undefined) Atomics.wait(sleeper, 0, 0, 0.1);
    }
  } finally {
    globalThis.setImmediate = setImmediate;
    if (poll !== undefined) setImmediate(poll); // or Dawn would wait for it for ever
  }
  if (buffer.mapState !== 'mapped') throw new Error('webgpu: the device is lost');
}
