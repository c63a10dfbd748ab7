import { loadBrowserEngines, prepareBrowserEngine, type BrowserEngine, type BrowserEngineName } from '@rcnn/engine/browser';
import wasmFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

/** The wasm file once it is in memory. */
let loadedWasm: string | undefined;
let wanted: BrowserEngineName | undefined;
let current: Promise<BrowserEngine> | undefined;

/** The engine in use, started where none is: the one that was asked for, else the best. */
export function ensureEngine(): Promise<BrowserEngine> {
  current ??= prepareBrowserEngine({ ...(wanted && { engine: wanted }), wasmFile: loadedWasm ?? servedWasm() });
  current.catch(() => (current = undefined));
  return current;
}

/** Starts another engine; `undefined` is the best. If it does not start, the one in use goes on. */
export async function changeEngine(name: BrowserEngineName | undefined): Promise<BrowserEngine> {
  const before = { wanted, current };
  [wanted, current] = [name, undefined];
  try {
    return await ensureEngine();
  } catch (error) {
    [wanted, current] = [before.wanted, undefined];
    if (before.current !== undefined) {
      wanted = (await before.current).name;
      await ensureEngine();
      wanted = before.wanted;
    }
    throw error;
  }
}

/** Loads every engine's code, and what it is compiled from, without starting it. */
export async function loadEngines(): Promise<void> {
  await loadBrowserEngines();
  const response = await fetch(servedWasm());
  if (response.ok) loadedWasm = URL.createObjectURL(await response.blob());
}

function servedWasm(): string {
  return new URL(wasmFile, self.location.href).href;
}
