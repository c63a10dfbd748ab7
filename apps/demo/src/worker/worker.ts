// The worker that holds the packages: everything is computed here, so that the page stays free.
import { serve } from './serve.ts';
import { tasks } from './tasks.ts';
import type { Request, Response } from './protocol.ts';

const scope = self as unknown as {
  postMessage: (message: Response, transfer: Transferable[]) => void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
};

const { port1, port2 } = new MessageChannel();
const turns: (() => void)[] = [];
port1.onmessage = () => turns.shift()?.();

const handle = serve(tasks, {
  post: (response, transfer) => scope.postMessage(response, transfer),
  // A timer, too: messages of another port may otherwise go before those that the page has sent.
  nextTurn: () =>
    new Promise((resolve) => {
      turns.push(() => setTimeout(resolve));
      port2.postMessage(null);
    }),
});
scope.onmessage = ({ data }) => handle(data);
