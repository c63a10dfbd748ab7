import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** libtensorflow through `@tensorflow/tfjs-node`, if it is installed and its native binding loads. */
export function startTfjsNode(): Promise<string> {
  return load('@tensorflow/tfjs-node');
}

/** libtensorflow with CUDA through `@tensorflow/tfjs-node-gpu`, if it is installed and its native binding loads. */
export function startTfjsNodeGpu(): Promise<string> {
  return load('@tensorflow/tfjs-node-gpu');
}

function load(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const major = Number(process.versions.node.split('.')[0]);
    if (major >= 23) {
      reject(new Error(`${name} 4.22 does not run on Node ${process.versions.node}: use Node 20 or 22`));
      return;
    }
    try {
      process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
      require(name);
      resolve('tensorflow');
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
      reject(new Error(missing ? `${name} is not installed` : `${name} is installed without its native binding`, { cause: error }));
    }
  });
}
