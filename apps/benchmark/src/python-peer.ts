import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Which Python to ask: RCNN_PYTHON alone if set, else the one on the path, else the system's. */
const pythons: readonly string[] = process.env.RCNN_PYTHON ? [process.env.RCNN_PYTHON] : ['python3', '/usr/bin/python3'];
const notInstalled = 3; // the exit code by which a peer says so

/** An array to hand to Python. */
export interface PeerArray {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** An operation of a peer with its arguments. */
export interface PeerCall {
  readonly operation: string;
  readonly arrays: Readonly<Record<string, PeerArray>>;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A Python process that holds arrays and times operations on them. */
export interface PythonPeer {
  /** Name and version. */
  readonly name: string;
  /** Hands over the arguments of a call, for {@link PythonPeer.time} and {@link PythonPeer.result}. */
  readonly prepare: (call: PeerCall) => Promise<void>;
  /** Runs the prepared call once; milliseconds by Python's own clock. */
  readonly time: () => Promise<number>;
  /** The result of the last run, as flat numbers. */
  readonly result: () => Promise<Float64Array>;
  readonly close: () => Promise<void>;
}

/**
 * Starts `peers/<file>` with the first Python that has what the file imports; null if there is none.
 * @throws Error if the process ends for another reason, with the end of what it wrote to stderr
 */
export async function startPythonPeer(file: string): Promise<PythonPeer | null> {
  for (const python of pythons) {
    const peer = await startWith(python, file);
    if (peer !== null) return peer;
  }
  return null;
}

async function startWith(python: string, file: string): Promise<PythonPeer | null> {
  const child = spawn(python, [fileURLToPath(new URL(`peers/${file}`, import.meta.url))], { stdio: 'pipe' });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2000)));
  child.stdin.on('error', () => undefined); // a child that ended says so by its exit
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    child.on('close', (code, signal) => resolve(String(code ?? signal)));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const answer = async (): Promise<Record<string, unknown> | null> => {
    const line = await lines.next();
    if (line.done !== true) {
      return JSON.parse(line.value) as Record<string, unknown>;
    }
    const reason = await ended;
    if (reason === 'ENOENT' || reason === String(notInstalled)) {
      return null;
    }
    throw new Error(`peers/${file} ended (${reason}): ${stderr.trim().split('\n').at(-1) ?? ''}`);
  };
  const ask = async (question: object): Promise<Record<string, unknown>> => {
    child.stdin.write(JSON.stringify(question) + '\n');
    return (await answer()) ?? {};
  };

  const hello = await answer();
  if (hello === null) {
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'rcnn-bench-'));
  return {
    name: String(hello['name']),
    prepare: async ({ operation, arrays, options }) => {
      const files: Record<string, object> = {};
      for (const [name, { data, shape }] of Object.entries(arrays)) {
        const path = join(folder, name);
        await writeFile(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        files[name] = { path, dtype: data instanceof Float32Array ? '<f4' : '<i4', shape };
      }
      await ask({ do: 'prepare', operation, arrays: files, options });
    },
    time: async () => Number((await ask({ do: 'run' }))['ms']),
    result: async () => {
      const path = join(folder, 'result');
      await ask({ do: 'result', path });
      const bytes = await readFile(path);
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    },
    close: async () => {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
