import { prepareBrowserEngine, type BrowserEngine, type BrowserEngineName } from '@rcnn/engine/browser';
import wasmFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

let wanted: BrowserEngineName | undefined;
let current: Promise<BrowserEngine> | undefined;

/** The engine in use, started where none is: the one that was asked for, else the best. */
export function ensureEngine(): Promise<BrowserEngine> {
  current ??= prepareBrowserEngine({ ...(wanted && { engine: wanted }), wasmFile: new URL(wasmFile, self.location.href).href });
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
