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

/** The page's end of the channel. */
export interface WorkerChannel {
  readonly post: (request: Request) => void;
  readonly listen: (handle: (response: Response) => void) => void;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ComputeOptions['onProgress'];
}

/** How many images the worker keeps: the page's, and one that goes. */
const HELD = 2;

/** A {@link Compute} on a worker. An input's `image` is sent once and then referred to. */
export function createClient({ post, listen }: WorkerChannel): Compute {
  const pending = new Map<number, Pending>();
  const held: { readonly image: RgbImage; readonly id: number }[] = [];
  let nextId = 0;
  listen((response) => {
    const request = pending.get(response.id);
    if (request === undefined) return;
    if (response.kind === 'progress') {
      request.onProgress?.(response.fraction, response.label);
      return;
    }
    pending.delete(response.id);
    if (response.kind === 'done') request.resolve(response.result as never);
    else request.reject(Object.assign(new Error(response.message), { name: response.name }));
  });

  const hold = (image: RgbImage): HeldImage => {
    const known = held.find((each) => each.image === image);
    if (known !== undefined) return { heldImage: known.id };
    const id = nextId++;
    held.push({ image, id });
    post({ kind: 'hold', image: id, value: image });
    if (held.length > HELD) post({ kind: 'release', image: (held.shift() as { id: number }).id });
    return { heldImage: id };
  };
  const referring = (input: unknown): unknown =>
    typeof input === 'object' && input !== null && 'image' in input && isImage(input.image) ? { ...input, image: hold(input.image) } : input;

  return (task, input, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      const aborted = (): void => reject(new DOMException('superseded', 'AbortError'));
      if (signal?.aborted) {
        aborted();
        return;
      }
      const id = nextId++;
      pending.set(id, { resolve, reject, onProgress });
      signal?.addEventListener('abort', () => {
        if (pending.delete(id)) post({ kind: 'cancel', id });
        aborted();
      }, { once: true });
      post({ kind: 'run', id, task, input: referring(input) });
    });
}

function isImage(value: unknown): value is RgbImage {
  return typeof value === 'object' && value !== null && 'data' in value && value.data instanceof Uint8Array;
}
