import type { RgbImage } from '@rcnn/geometry';
import type { HeldImage, Request, Response } from './protocol.ts';
import type { Task } from './task.ts';

/** The worker's end of the channel. */
export interface Channel {
  readonly post: (response: Response, transfer: Transferable[]) => void;
  /** Resolves in a later turn, after the messages that wait. */
  readonly nextTurn: () => Promise<void>;
}

/**
 * Answers requests one after another, in the order they come in: tasks share one tfjs and one model. A cancelled one that waits is
 * dropped, one that runs sees its signal.
 */
export function serve(tasks: Readonly<Record<string, Task<never, unknown>>>, { post, nextTurn }: Channel): (request: Request) => void {
  const images = new Map<number, RgbImage>();
  const waiting: { readonly id: number; readonly task: string; readonly input: unknown; readonly controller: AbortController }[] = [];
  let current: { readonly id: number; readonly controller: AbortController } | undefined;

  const run = async ({ id, task, input, controller }: (typeof waiting)[number]): Promise<void> => {
    const transfer: Transferable[] = [];
    let kept: { readonly image: RgbImage; readonly shared: RgbImage } | undefined;
    const { signal } = controller;
    post({ kind: 'started', id }, []);
    try {
      if (!Object.hasOwn(tasks, task)) throw new Error(`expected one of the tasks ${Object.keys(tasks).join(', ')}, got "${task}"`);
      const result = await tasks[task](input as never, {
        signal,
        progress: (fraction, label) => post({ kind: 'progress', id, fraction, label }, []),
        transfer: (value) => {
          transfer.push(value.buffer);
          return value;
        },
        share: (image) => {
          const data = image.data.slice();
          transfer.push(data.buffer);
          kept = { image, shared: { ...image, data } };
          return kept.shared;
        },
        breathe: async () => {
          await nextTurn();
          signal.throwIfAborted();
        },
      });
      if (kept !== undefined) images.set(id, kept.image);
      post({ kind: 'done', id, result, ...(kept && { shared: kept.shared }) }, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(String(error));
      post({ kind: 'failed', id, name, message }, []);
    }
  };
  const drain = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      current = next;
      await run(next);
      current = undefined;
      await nextTurn(); // so that cancellations of what waits come in before it starts
    }
  };
  let draining = false;

  return (request) => {
    switch (request.kind) {
      case 'hold':
        images.set(request.image, request.value);
        break;
      case 'release':
        images.delete(request.image);
        break;
      case 'cancel': {
        const at = waiting.findIndex(({ id }) => id === request.id);
        if (at >= 0) waiting.splice(at, 1);
        if (current?.id === request.id) current.controller.abort();
        break;
      }
      case 'run':
        // Its image is looked up now: it may be released before the request's turn comes.
        waiting.push({ ...request, input: restored(request.input, images), controller: new AbortController() });
        if (!draining) {
          draining = true;
          void drain().finally(() => (draining = false));
        }
    }
  };
}

/** An input with the images that it refers to. */
function restored(input: unknown, images: ReadonlyMap<number, RgbImage>): unknown {
  if (typeof input !== 'object' || input === null || !('image' in input)) return input;
  const { heldImage } = input.image as Partial<HeldImage>;
  return heldImage === undefined ? input : { ...input, image: images.get(heldImage) };
}
