import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { createContext, Script } from 'node:vm';

/** What a bundle did. */
export interface SandboxRun {
  readonly stdout: string;
  /** What the package exports, by name. */
  readonly exported: readonly string[];
}

/**
 * Runs a bundle made of `asBrowserEntry` where there is only what every browser has: no `process`, no `Buffer`, no
 * `require`. @throws what the bundle throws
 */
export async function runInSandbox(code: string): Promise<SandboxRun> {
  let stdout = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      stdout += String(chunk);
      done();
    },
  });
  const globals = { atob, btoa, fetch, performance, queueMicrotask, setTimeout, clearTimeout, structuredClone, TextDecoder, TextEncoder, URL };
  // Vite asks an element which kinds of links there are, before modules that are loaded later.
  const page = { document: { createElement: () => ({}) }, location: { search: '' }, navigator: { userAgent: '' } };
  const context = createContext({ ...globals, ...page, console: new Console({ stdout: stream, stderr: stream }) });
  Object.assign(context, { self: context, window: context });
  // A module's code, run as a script: the bundle is one file, so there is nothing left to import.
  const script = code.replace(/\bexport\s*\{[^}]*\};?/g, '').replaceAll('import.meta', '({ url: "https://localhost/bundle.js" })');
  // Without the offending line, which is all of the bundle.
  new Script(`'use strict';{${script}\n}`, { filename: 'bundle.js' }).runInContext(context, { displayErrors: false });
  const { ended, exported } = context as { ended?: Promise<unknown>; exported?: string[] };
  await ended;
  return { stdout, exported: [...(exported ?? [])] };
}
