import type { RgbImage } from '@rcnn/geometry';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Request, Response } from '../worker/protocol.ts';
import { createClient, type ClientOptions, type ComputeOptions } from './client.ts';

/** A worker that does nothing by itself. */
interface FakeWorker {
  readonly requests: Request[];
  readonly answer: (response: Response) => void;
  isOpen: boolean;
}

/** A client, and the workers that it has started. */
function started(options?: ClientOptions) {
  const workers: FakeWorker[] = [];
  const { compute, stop } = createClient(() => {
    let answer: (response: Response) => void = () => undefined;
    const worker: FakeWorker = { requests: [], answer: (response) => answer(response), isOpen: true };
    workers.push(worker);
    return { post: (request) => worker.requests.push(request), listen: (handle) => (answer = handle), close: () => (worker.isOpen = false) };
  }, options);
  return { compute: compute as unknown as (task: string, input: unknown, options?: ComputeOptions) => Promise<unknown>, stop, workers };
}

const runs = ({ requests }: FakeWorker): Extract<Request, { kind: 'run' }>[] => requests.filter((each) => each.kind === 'run');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends the worker of a cancelled task that goes on, and tells a fresh one what was set, held and waits', async () => {
  const { compute, workers } = started();
  const image: RgbImage = { width: 1, height: 1, data: new Uint8Array(3) };
  const set = compute('useEngine', { engine: 'wasm' });
  workers[0].answer({ kind: 'done', id: runs(workers[0])[0].id, result: null });
  await set;
  const controller = new AbortController();
  const long = compute('long', { image }, { signal: controller.signal });
  const next = compute('next', { image, part: 1 });
  const [, { id }, waiting] = runs(workers[0]);
  workers[0].answer({ kind: 'started', id });
  controller.abort();
  await expect(long).rejects.toMatchObject({ name: 'AbortError' });
  vi.advanceTimersByTime(999);
  expect(workers).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(workers.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  const [hold, engine, again] = workers[1].requests;
  expect(hold).toEqual({ kind: 'hold', image: (waiting.input as { image: { heldImage: number } }).image.heldImage, value: image });
  expect(engine).toMatchObject({ task: 'useEngine', input: { engine: 'wasm' } });
  expect(again).toEqual(waiting);
  workers[1].answer({ kind: 'started', id: (engine as { id: number }).id }); // takes as long as it takes
  vi.advanceTimersByTime(5000);
  expect(workers).toHaveLength(2);
  workers[0].answer({ kind: 'done', id: waiting.id, result: 'of a worker that is no more' });
  workers[1].answer({ kind: 'done', id: waiting.id, result: 'fresh' });
  expect(await next).toBe('fresh');
});

it('lets a worker live whose cancelled task ends in time, or has not begun, or that could not be started again', async () => {
  const ends = started();
  const controller = new AbortController();
  const first = ends.compute('long', null, { signal: controller.signal });
  const [{ id }] = runs(ends.workers[0]);
  controller.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  ends.workers[0].answer({ kind: 'started', id }); // under way when the cancellation was sent
  ends.workers[0].answer({ kind: 'failed', id, name: 'AbortError', message: 'superseded' });
  const other = ends.compute('long', null);
  ends.workers[0].answer({ kind: 'started', id: runs(ends.workers[0])[1].id });
  vi.advanceTimersByTime(5000);
  expect(ends.workers).toHaveLength(1);
  ends.workers[0].answer({ kind: 'done', id: runs(ends.workers[0])[1].id, result: 1 });
  expect(await other).toBe(1);

  const offline = started({ canRestart: () => false });
  const again = new AbortController();
  const lost = offline.compute('long', null, { signal: again.signal });
  offline.workers[0].answer({ kind: 'started', id: runs(offline.workers[0])[0].id });
  again.abort();
  await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
  vi.advanceTimersByTime(5000);
  expect(offline.workers).toHaveLength(1);
});

it('stops everything at once when it is told to, and goes on in a fresh worker', async () => {
  const { compute, stop, workers } = started();
  const settled = Promise.allSettled([compute('long', null), compute('next', null)]);
  stop();
  expect((await settled).map((each) => each.status === 'rejected' && (each.reason as Error).message)).toEqual(['stopped', 'stopped']);
  expect([workers.length, workers[1].requests.length]).toEqual([2, 0]);
  const one = compute('one', null);
  workers[1].answer({ kind: 'done', id: runs(workers[1])[0].id, result: 1 });
  expect(await one).toBe(1);
});

it('cancels everything when it is told to stop where no fresh worker could be started', async () => {
  const { compute, stop, workers } = started({ canRestart: () => false });
  const settled = Promise.allSettled([compute('long', null), compute('next', null)]);
  stop();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(workers).toHaveLength(1);
  expect(workers[0].requests.filter(({ kind }) => kind === 'cancel')).toEqual(runs(workers[0]).map(({ id }) => ({ kind: 'cancel', id })));
});
