import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // for its side effect: tfjs-core alone registers no gradients in Node
import { startCpu } from './start-cpu.ts';
import { startOnnx } from './start-onnx.ts';
import { startTfjsNode, startTfjsNodeGpu } from './start-tfjs-node.ts';
import { startWasm } from './start-wasm.ts';
import { startWebgpu } from './start-webgpu.ts';

/** The engines, best first; `webgpu`, the last, is never picked unless it is asked for. */
export const engineNames = ['tfjs-node-gpu', 'tfjs-node', 'onnx', 'wasm', 'cpu', 'webgpu'] as const;

/** One of {@link engineNames}. */
export type EngineName = (typeof engineNames)[number];

/** The engine in use: its name, the tfjs backend behind it, and why it was picked. */
export interface Engine {
  readonly name: EngineName;
  readonly backend: string;
  readonly reason: string;
}

/** Registers a backend with tfjs and answers its name there; throws an error that says why it cannot. */
export type StartEngine = () => Promise<string>;

const starters: Readonly<Record<EngineName, StartEngine>> = {
  'tfjs-node-gpu': startTfjsNodeGpu,
  'tfjs-node': startTfjsNode,
  onnx: startOnnx,
  wasm: startWasm,
  cpu: startCpu,
  webgpu: startWebgpu,
};

/** Those that are picked from: a GPU may be one in software, and slower than all of these. */
const candidates = engineNames.filter((name) => name !== 'webgpu');

/** A name as an {@link EngineName}. @throws RangeError naming the engines there are */
export function asEngineName(name: string): EngineName {
  const known = engineNames.find((engine) => engine === name);
  if (known === undefined) throw new RangeError(`engine: expected one of ${engineNames.join(', ')}, got "${name}"`);
  return known;
}

async function start(name: EngineName): Promise<string> {
  const backend = await starters[name]();
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs refused its backend "${backend}"`);
  await tf.ready();
  return backend;
}

/**
 * Makes an engine tfjs's current one: the named one, else that of `RCNN_ENGINE`, else the best that starts here.
 * @throws Error saying why, if a named engine cannot start
 */
export async function prepareEngine({ engine }: { engine?: EngineName } = {}): Promise<Engine> {
  tf.enableProdMode(); // silences tfjs's advice on the console and skips its checks of every intermediate
  const wanted = engine ?? (process.env['RCNN_ENGINE'] ? asEngineName(process.env['RCNN_ENGINE']) : undefined);
  if (wanted !== undefined) {
    try {
      return { name: wanted, backend: await start(wanted), reason: 'as asked' };
    } catch (error) {
      throw new Error(`engine ${wanted}: ${reasonOf(error)}`, { cause: error });
    }
  }
  const passed: string[] = [];
  for (const name of candidates) {
    try {
      const backend = await start(name);
      return { name, backend, reason: ['the best that starts here', ...passed].join('; ') };
    } catch (error) {
      passed.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new Error(`engine: none starts here (${passed.join('; ')})`);
}

/**
 * The engines that start on this machine, best first, of those that are picked from; `RCNN_TEST_ENGINES` names others to
 * try instead, with commas between them. Leaves the last of them current.
 */
export async function availableEngines(): Promise<EngineName[]> {
  tf.enableProdMode();
  const names = process.env['RCNN_TEST_ENGINES']?.split(',').map(asEngineName) ?? candidates;
  const available: EngineName[] = [];
  for (const name of names) {
    try {
      await start(name);
      available.push(name);
    } catch {
      // Not here: that is the answer.
    }
  }
  return available;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
