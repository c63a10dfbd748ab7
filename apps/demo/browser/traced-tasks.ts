import type { Browser } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when it began, how long it took, and what of that the thread computed. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

/** The longest task of the pages' main threads, in milliseconds: by the clock, and of the processor alone. */
export interface LongestTask {
  readonly tasks: number;
  readonly clock: number;
  readonly processor: number;
}

/**
 * Records every task of the browser from now on; what is answered ends that and says which was the longest on the main thread of a page
 * that has a worker, as the demo has and a browser's own pages have not. What the test itself had the page do, by the protocol of the
 * developers' tools, does not count. The processor's time says whether a page blocks also on a machine that others use, where the clock
 * goes on while the thread waits for its turn.
 */
export async function traceTasks(browser: Browser): Promise<() => Promise<LongestTask>> {
  await browser.startTracing(undefined, { categories: ['disabled-by-default-devtools.timeline', 'mojom', '__metadata'] });
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const threads = (wanted: string): TraceEvent[] => traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === wanted);
    const pages = new Set(threads('DedicatedWorker thread').map(({ pid }) => pid));
    const mains = new Set(threads('CrRendererMain').filter(({ pid }) => pages.has(pid)).map(({ pid, tid }) => `${pid}/${tid}`));
    const own = traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && mains.has(`${pid}/${tid}`));
    const tools = own.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevTools'));
    const isTools = ({ pid, ts, dur = 0 }: TraceEvent): boolean => tools.some((each) => each.pid === pid && each.ts >= ts && each.ts <= ts + dur);
    const tasks = own.filter(({ name }) => /RunTask$/.test(name));
    const longest = (key: 'dur' | 'tdur'): number => (tasks.toSorted((one, other) => (other[key] ?? 0) - (one[key] ?? 0)).find((task) => !isTools(task))?.[key] ?? 0) / 1000;
    return { tasks: tasks.length, clock: longest('dur'), processor: longest('tdur') };
  };
}
