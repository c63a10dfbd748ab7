import type { Request, Response } from '../worker/protocol.ts';
import { createClient, type WorkerChannel } from './client.ts';

/** `compute` runs a task in the page's worker; `stop` ends all that it is at. Without a network a worker that was ended would not come back. */
export const { compute, stop } = createClient(startWorker, { canRestart: () => navigator.onLine });

function startWorker(): WorkerChannel {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'rcnn' });
  return {
    post: (request: Request) => worker.postMessage(request),
    listen: (handle) => {
      worker.onmessage = ({ data }: MessageEvent<Response>) => handle(data);
    },
    close: () => worker.terminate(),
  };
}
