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

/** The longest task of a page's main thread, in milliseconds: by the clock, and of the processor alone. */
export interface LongestTask {
  readonly tasks: number;
  readonly clock: number;
  readonly processor: number;
}

/**
 * The longest task that the page's main thread runs while `body` does: by the browser's own trace. The processor's time says whether
 * the page blocks, on a machine that others use, too, where the clock goes on while the thread waits for its turn.
 */
export async function longestTask(browser: Browser, page: Page, body: () => Promise<void>): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  let trace: Buffer;
  try {
    await body();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = traceEvents.filter(({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && mains.has(`${pid}/${tid}`));
  const longest = (key: 'dur' | 'tdur'): number => tasks.reduce((most, task) => Math.max(most, task[key] ?? 0), 0) / 1000;
  return { tasks: tasks.length, clock: longest('dur'), processor: longest('tdur') };
}
