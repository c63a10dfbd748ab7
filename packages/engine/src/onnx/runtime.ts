import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The one version whose native binding this package knows. */
export const onnxruntimeVersion = '1.30.0';

/** A tensor as the binding takes it: `data` may be a view of memory that is ours, read and written in place. */
export type OnnxTensor = object;

/** A session of the native binding; unlike the public one it runs synchronously. */
export interface OnnxSession {
  readonly loadModel: (buffer: ArrayBufferLike, offset: number, length: number, options: object) => void;
  readonly run: (feeds: Record<string, OnnxTensor>, fetches: Record<string, OnnxTensor>, options: object) => void;
}

/** What the engine uses of ONNX Runtime. */
export interface OnnxRuntime {
  readonly createSession: (model: Uint8Array, threads: number) => OnnxSession;
  readonly createTensor: (data: Float32Array, shape: readonly number[]) => OnnxTensor;
}

interface Binding {
  readonly binding: { readonly InferenceSession: new () => OnnxSession };
  readonly initOrt: () => void;
}

/**
 * ONNX Runtime's native library.
 * @param load how to require a module
 * @throws Error if the package is missing, of another version, or does not load
 */
export function loadOnnxRuntime(load: (id: string) => unknown = require): OnnxRuntime {
  const version = versionOf(load);
  if (version !== onnxruntimeVersion) throw new Error(`expected onnxruntime-node ${onnxruntimeVersion}, got ${version}`);
  try {
    const { binding, initOrt } = load('onnxruntime-node/dist/binding.js') as Binding;
    const { Tensor } = load('onnxruntime-node') as { Tensor: new (type: string, data: Float32Array, shape: readonly number[]) => OnnxTensor };
    initOrt();
    return {
      createSession: (model, threads) => {
        const session = new binding.InferenceSession();
        session.loadModel(model.buffer, model.byteOffset, model.byteLength, {
          intraOpNumThreads: threads,
          interOpNumThreads: 1,
          // Threads that wait for the next product by turning would slow the wasm kernels in between.
          extra: { session: { intra_op: { allow_spinning: '0' } } },
        });
        return session;
      },
      createTensor: (data, shape) => new Tensor('float32', data, shape),
    };
  } catch (error) {
    throw new Error(`onnxruntime-node ${version} does not load on ${process.platform} ${process.arch}`, { cause: error });
  }
}

function versionOf(load: (id: string) => unknown): string {
  try {
    return (load('onnxruntime-node/package.json') as { version: string }).version;
  } catch (error) {
    throw new Error('onnxruntime-node is not installed', { cause: error });
  }
}
