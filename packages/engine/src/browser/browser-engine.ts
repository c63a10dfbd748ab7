import * as tf from '@tensorflow/tfjs-core';
import { startWasm } from './start-wasm.ts';
import { startWebgl } from './start-webgl.ts';
import { startWebgpu } from './start-webgpu.ts';

/** The engines of browsers, best first. */
export const browserEngineNames = ['webgpu', 'webgl', 'wasm'] as const;

/** One of {@link browserEngineNames}. */
export type BrowserEngineName = (typeof browserEngineNames)[number];

/** The engine in use: its name, which is its backend's in tfjs too, and why it was picked. */
export interface BrowserEngine {
  readonly name: BrowserEngineName;
  readonly reason: string;
}

/** Options of {@link prepareBrowserEngine}. */
export interface BrowserEngineOptions {
  readonly engine?: BrowserEngineName;
  /** The address of `tfjs-backend-wasm-simd.wasm` of `@tensorflow/tfjs-backend-wasm`; beside the script unless told. */
  readonly wasmFile?: string;
}

/** A name as a {@link BrowserEngineName}. @throws RangeError naming the engines there are */
export function asBrowserEngineName(name: string): BrowserEngineName {
  const known = browserEngineNames.find((engine) => engine === name);
  if (known === undefined) throw new RangeError(`engine: expected one of ${browserEngineNames.join(', ')}, got "${name}"`);
  return known;
}

/**
 * Makes an engine of this browser tfjs's current one, on a page or in a worker: the named one, else the best that starts. A GPU that is
 * one in software is passed over unless it is named, for `wasm` is faster. Each engine's backend is loaded when it is tried.
 * @throws Error saying why, if a named engine cannot start
 */
export async function prepareBrowserEngine({ engine, wasmFile }: BrowserEngineOptions = {}): Promise<BrowserEngine> {
  tf.enableProdMode(); // silences tfjs's advice on the console and skips its checks of every intermediate
  const starters: Readonly<Record<BrowserEngineName, (named: boolean) => Promise<void>>> = {
    webgpu: startWebgpu,
    webgl: startWebgl,
    wasm: () => startWasm(wasmFile),
  };
  const start = async (name: BrowserEngineName, named: boolean): Promise<void> => {
    await starters[name](named);
    if (!(await tf.setBackend(name))) throw new Error(`tfjs refused its backend "${name}"`);
    await tf.ready();
  };
  if (engine !== undefined) {
    try {
      await start(engine, true);
      return { name: engine, reason: 'as asked' };
    } catch (error) {
      throw new Error(`engine ${engine}: ${reasonOf(error)}`, { cause: error });
    }
  }
  const passed: string[] = [];
  for (const name of browserEngineNames) {
    try {
      await start(name, false);
      return { name, reason: ['the best that starts here', ...passed].join('; ') };
    } catch (error) {
      passed.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new Error(`engine: none starts here (${passed.join('; ')})`);
}

/** Loads the code of every engine without starting one, for a page that is to work without a network from then on. */
export async function loadBrowserEngines(): Promise<void> {
  // One that this browser cannot even load says so when it is asked for.
  await Promise.allSettled([
    import('@tensorflow/tfjs-backend-webgpu'),
    import('@tensorflow/tfjs-backend-webgl'),
    import('@tensorflow/tfjs-backend-wasm'),
    import('../wasm/index.ts'),
  ]);
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
