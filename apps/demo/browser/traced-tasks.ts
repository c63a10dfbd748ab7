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

/** The threads of a page, by the names that the trace gives them. */
const threads = { main: 'CrRendererMain', worker: 'DedicatedWorker thread' } as const;

/** A task of a thread, in milliseconds: by the clock, and of the processor alone. */
export interface TracedTask {
  readonly clock: number;
  readonly processor: number;
}

/**
 * Records every task of the browser from now on; what is answered ends that and gives those of one thread, the longest first, of pages
 * that have a worker, as the demo has and a browser's own pages have not. What the test itself had the page do, by the protocol of the
 * developers' tools, is left out. The processor's time says whether a page blocks, and what work costs, also on a machine that others use,
 * where the clock goes on while a thread waits for its turn.
 */
export async function traceTasks(browser: Browser, thread: keyof typeof threads): Promise<() => Promise<TracedTask[]>> {
  await browser.startTracing(undefined, { categories: ['disabled-by-default-devtools.timeline', 'mojom', '__metadata'] });
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const named = (wanted: string): TraceEvent[] => traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === wanted);
    const pages = new Set(named(threads.worker).map(({ pid }) => pid));
    const wanted = new Set(named(threads[thread]).filter(({ pid }) => pages.has(pid)).map(({ pid, tid }) => `${pid}/${tid}`));
    const own = traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && wanted.has(`${pid}/${tid}`));
    const tools = own.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevTools'));
    const isTools = ({ pid, tid, ts, dur = 0 }: TraceEvent): boolean => tools.some((each) => each.pid === pid && each.tid === tid && each.ts >= ts && each.ts <= ts + dur);
    return own
      .filter((event) => /RunTask$/.test(event.name) && !isTools(event))
      .map(({ dur = 0, tdur = 0 }) => ({ clock: dur / 1000, processor: tdur / 1000 }))
      .sort((one, other) => other.processor - one.processor);
  };
}
