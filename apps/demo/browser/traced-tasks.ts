import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, and those of them that the thread computed. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The threads of a page, by the names that the trace gives them. */
const threads = { main: 'CrRendererMain', worker: 'DedicatedWorker thread' } as const;

/** The longest task of a thread, in milliseconds: by the clock, and of the processor alone. */
export interface LongestTask {
  readonly tasks: number;
  readonly clock: number;
  readonly processor: number;
}

/** Which thread of which page. */
export interface TracedThread {
  readonly browser: Browser;
  readonly page: Page;
  readonly thread: keyof typeof threads;
}

/**
 * The longest task that a thread of the page runs while `body` does: by the browser's own trace. The processor's time says whether
 * the page blocks, and what work costs, on a machine that others use, too, where the clock goes on while the thread waits for its turn.
 */
export async function longestTask({ browser, page, thread }: TracedThread, body: () => Promise<void>): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  let trace: Buffer;
  try {
    await body();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const own = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === threads[thread]).map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = traceEvents.filter(({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && own.has(`${pid}/${tid}`));
  const longest = (key: 'dur' | 'tdur'): number => tasks.reduce((most, task) => Math.max(most, task[key] ?? 0), 0) / 1000;
  return { tasks: tasks.length, clock: longest('dur'), processor: longest('tdur') };
}
