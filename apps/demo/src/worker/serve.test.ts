import { expect, it } from 'vitest';
import type { RgbImage } from '@rcnn/geometry';
import { createClient, type ComputeOptions } from '../compute/client.ts';
import type { Request, Response } from './protocol.ts';
import { serve } from './serve.ts';
import type { Task } from './task.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A client and a server with a channel between them that delivers in later turns, as a worker's does. */
function connected(tasks: Readonly<Record<string, Task<never, unknown>>>) {
  const requests: Request[] = [];
  let listener: (response: Response) => void = () => undefined;
  const handle = serve(tasks, { post: (response) => void setTimeout(() => listener(response)), nextTurn });
  const { compute } = createClient(() => ({
    post: (request) => {
      requests.push(request);
      setTimeout(() => handle(request));
    },
    listen: (next) => (listener = next),
    close: () => undefined,
  }));
  return { compute: compute as unknown as (task: string, input: unknown, options?: ComputeOptions) => Promise<unknown>, requests };
}

it('answers requests in their order, with progress on the way', async () => {
  const told: number[] = [];
  const double: Task<number, number> = async (value, { progress }) => {
    progress(0.5, 'half');
    await nextTurn();
    return 2 * value;
  };
  const { compute } = connected({ double });
  const order: number[] = [];
  const each = (value: number) => compute('double', value, { onProgress: (fraction) => told.push(fraction) }).then((result) => order.push(result as number));
  await Promise.all([each(1), each(2), each(3)]);
  expect(order).toEqual([2, 4, 6]);
  expect(told).toEqual([0.5, 0.5, 0.5]);
});

it("rejects with the task's error, with one for a task that is not known, and goes on", async () => {
  const { compute } = connected({
    fail: () => {
      throw new RangeError('no good');
    },
    one: () => 1,
  });
  await expect(compute('fail', null)).rejects.toMatchObject({ name: 'RangeError', message: 'no good' });
  await expect(compute('toString', null)).rejects.toThrow('expected one of the tasks fail, one, got "toString"');
  expect(await compute('one', null)).toBe(1);
});

it('drops a cancelled request that waits, and tells one that runs', async () => {
  const ran: number[] = [];
  const slow: Task<number, number> = async (value, { breathe }) => {
    ran.push(value);
    for (let i = 0; i < 20; i++) await breathe();
    ran.push(-value);
    return value;
  };
  const { compute } = connected({ slow });
  const [first, second] = [new AbortController(), new AbortController()];
  const results = [compute('slow', 1, { signal: first.signal }), compute('slow', 2, { signal: second.signal }), compute('slow', 3)];
  const settled = Promise.allSettled(results);
  await nextTurn();
  await nextTurn();
  second.abort();
  first.abort();
  expect((await settled).map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).name))).toEqual(['AbortError', 'AbortError', 3]);
  expect(ran).toEqual([1, 3, -3]);
});

it('sends an image once, and lets go of one that two newer ones follow', async () => {
  const { compute, requests } = connected({ width: ({ image }: { image: RgbImage }) => image.width });
  const images = [1, 2, 3].map((width) => ({ width, height: 1, data: new Uint8Array(3 * width) }));
  for (const image of [images[0], images[0], images[1], images[2], images[1]]) expect(await compute('width', { image })).toBe(image.width);
  expect(requests.filter(({ kind }) => kind === 'hold').length).toBe(3);
  expect(requests.filter(({ kind }) => kind === 'release').length).toBe(1);
});

it('does not send an image that the worker has shared, nor one of a task that failed', async () => {
  const { compute, requests } = connected({
    draw: (_: null, { share }) => ({ image: share({ width: 2, height: 1, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) }) }),
    sum: ({ image }: { image: RgbImage }) => image.data.reduce((sum, value) => sum + value, 0),
    fail: (_: null, { share }) => {
      share({ width: 1, height: 1, data: new Uint8Array(3) });
      throw new Error('no good');
    },
  });
  const { image } = (await compute('draw', null)) as { image: RgbImage };
  image.data.fill(0); // the page's copy is its own
  expect(await compute('sum', { image })).toBe(21);
  await expect(compute('fail', null)).rejects.toThrow('no good');
  expect(await compute('sum', { image })).toBe(21);
  expect(requests.map(({ kind }) => kind)).toEqual(['run', 'run', 'run', 'run']);
});
