import type { Request, Response } from '../worker/protocol.ts';
import { createClient, type Compute } from './client.ts';

/** Runs a task in the page's worker. */
export const compute: Compute = createClient(startWorker());

function startWorker(): Parameters<typeof createClient>[0] {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'rcnn' });
  return {
    post: (request: Request) => worker.postMessage(request),
    listen: (handle) => {
      worker.onmessage = ({ data }: MessageEvent<Response>) => handle(data);
    },
  };
}
