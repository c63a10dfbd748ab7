import type { RgbImage } from '@rcnn/geometry';
import type { HeldImage, Request, Response } from '../worker/protocol.ts';
import type { Tasks } from '../worker/tasks.ts';

/** What {@link Compute} may be told. */
export interface ComputeOptions {
  /** Aborting drops the request; the promise then rejects with an `AbortError`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, label: string | undefined) => void;
}

/** Runs a task of the worker and resolves with its result; rejects with the task's error. */
export type Compute = <Name extends keyof Tasks>(
  task: Name,
  input: Parameters<Tasks[Name]>[0],
  options?: ComputeOptions,
) => Promise<Awaited<ReturnType<Tasks[Name]>>>;

/** The page's end of the channel to a worker. */
export interface WorkerChannel {
  readonly post: (request: Request) => void;
  readonly listen: (handle: (response: Response) => void) => void;
  /** Ends the worker, whatever it is at. */
  readonly close: () => void;
}

/** What {@link createClient} gives. */
export interface Client {
  readonly compute: Compute;
  /** Ends all that is being computed or waits, at once where a fresh worker can be started; each request rejects with an `AbortError`. */
  readonly stop: () => void;
}

/** What {@link createClient} may be told. */
export interface ClientOptions {
  /** Milliseconds that a task may go on after it was cancelled, before its worker is ended. */
  readonly patience?: number;
  /** Whether a fresh worker could be started: it is loaded from the page's host. */
  readonly canRestart?: () => boolean;
}

interface Pending {
  readonly task: string;
  readonly input: unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ComputeOptions['onProgress'];
}

/** How many images the worker keeps: the page's, and one that goes. */
const HELD = 2;

/** Tasks that leave something in the worker, which a fresh one is told again: the last input of each that succeeded. */
const settings: readonly string[] = ['useEngine', 'openModel'] satisfies readonly (keyof Tasks)[];

/**
 * A {@link Compute} on a worker. An input's `image` is sent once and then referred to; one that the worker has shared is not sent at all. A task that has been cancelled and does not hear of
 * it, because it computes in one piece, is ended with its worker: a fresh one gets the engine, the model and the images, and what waits.
 */
export function createClient(start: () => WorkerChannel, { patience = 1000, canRestart = () => true }: ClientOptions = {}): Client {
  const pending = new Map<number, Pending>();
  const held: { readonly image: RgbImage; readonly id: number }[] = [];
  const cancelled = new Set<number>(); // and not known to have ended
  const set = new Map<string, unknown>();
  let nextId = 0;
  let channel: WorkerChannel | undefined;
  let running: number | undefined; // what the worker has begun, as far as is known

  const post = (request: Request): void => (channel ??= open()).post(request);
  const open = (): WorkerChannel => {
    const opened = start();
    opened.listen((response) => {
      if (opened === channel) answer(response);
    });
    return opened;
  };
  const answer = (response: Response): void => {
    const request = pending.get(response.id);
    switch (response.kind) {
      case 'started':
        running = response.id;
        if (cancelled.has(response.id)) giveUp(response.id);
        break;
      case 'progress':
        request?.onProgress?.(response.fraction, response.label);
        break;
      case 'done':
      case 'failed':
        running = undefined;
        pending.delete(response.id);
        cancelled.delete(response.id);
        if (response.kind === 'done' && response.shared !== undefined) add({ image: response.shared, id: response.id });
        if (response.kind === 'failed') request?.reject(Object.assign(new Error(response.message), { name: response.name }));
        else if (request !== undefined) {
          if (settings.includes(request.task)) set.set(request.task, request.input);
          request.resolve(response.result as never);
        }
    }
  };
  const cancel = (id: number): void => {
    cancelled.add(id);
    post({ kind: 'cancel', id });
    if (running === id) giveUp(id);
  };
  /** Ends a cancelled task that goes on. */
  const giveUp = (id: number): void => {
    setTimeout(() => {
      if (running === id && canRestart()) restart();
    }, patience);
  };
  const restart = (): void => {
    channel?.close();
    running = undefined;
    cancelled.clear();
    channel = open();
    for (const { image, id } of held) post({ kind: 'hold', image: id, value: image });
    for (const [task, input] of set) post({ kind: 'run', id: nextId++, task, input });
    for (const [id, { task, input }] of pending) post({ kind: 'run', id, task, input: referring(input) });
  };

  const hold = (image: RgbImage): HeldImage => {
    const known = held.find((each) => each.image === image);
    if (known !== undefined) return { heldImage: known.id };
    const id = nextId++;
    post({ kind: 'hold', image: id, value: image });
    add({ image, id });
    return { heldImage: id };
  };
  const add = (each: (typeof held)[number]): void => {
    held.push(each);
    if (held.length > HELD) post({ kind: 'release', image: (held.shift() as { id: number }).id });
  };
  const referring = (input: unknown): unknown =>
    typeof input === 'object' && input !== null && 'image' in input && isImage(input.image) ? { ...input, image: hold(input.image) } : input;

  return {
    compute: (task, input, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        const aborted = (): void => reject(new DOMException('superseded', 'AbortError'));
        if (signal?.aborted) {
          aborted();
          return;
        }
        const id = nextId++;
        pending.set(id, { task, input, resolve, reject, onProgress });
        signal?.addEventListener('abort', () => {
          if (pending.delete(id)) cancel(id);
          aborted();
        }, { once: true });
        post({ kind: 'run', id, task, input: referring(input) });
      }),
    stop: () => {
      const stopped = [...pending];
      pending.clear();
      if (canRestart()) restart();
      else for (const [id] of stopped) cancel(id);
      for (const [, { reject }] of stopped) reject(new DOMException('stopped', 'AbortError'));
    },
  };
}

function isImage(value: unknown): value is RgbImage {
  return typeof value === 'object' && value !== null && 'data' in value && value.data instanceof Uint8Array;
}
