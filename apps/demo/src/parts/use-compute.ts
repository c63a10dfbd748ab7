import { useEffect, useRef, useState } from 'preact/hooks';
import type { Compute } from '../compute/client.ts';
import type { Tasks } from '../worker/tasks.ts';

/** What is known of a computation: the last result stays until the next one is there. */
export interface Computed<Result> {
  readonly result: Result | undefined;
  readonly error: string | undefined;
  readonly busy: boolean;
  readonly progress: number | undefined;
}

interface Running {
  readonly controller: AbortController;
  readonly since: number;
}

/** A computation that has run for so many milliseconds is dropped for a newer input; a shorter one is let finish, so that a drag shows something. */
const PATIENCE = 300;

/**
 * The result of a task for an input, computed anew whenever one of `inputs` changes; of inputs that come in while one is computed, the
 * newest alone. `input` undefined computes nothing.
 */
export function useCompute<Name extends keyof Tasks>(
  compute: Compute,
  task: Name,
  input: Parameters<Tasks[Name]>[0] | undefined,
  inputs: readonly unknown[],
): Computed<Awaited<ReturnType<Tasks[Name]>>> {
  type Result = Awaited<ReturnType<Tasks[Name]>>;
  const [state, setState] = useState<Computed<Result>>({ result: undefined, error: undefined, busy: false, progress: undefined });
  const newest = useRef<typeof input>(undefined);
  const running = useRef<Running | undefined>(undefined);

  const start = (): void => {
    const next = newest.current;
    newest.current = undefined;
    if (next === undefined) return;
    const own: Running = { controller: new AbortController(), since: performance.now() };
    running.current = own;
    const settle = (result: Result | undefined, error: string | undefined): void => {
      if (running.current !== own) return; // superseded, or the page has gone elsewhere
      running.current = undefined;
      setState({ result, error, busy: newest.current !== undefined, progress: undefined });
      start();
    };
    const onProgress = (progress: number): void => {
      if (running.current === own) setState((last) => ({ ...last, progress }));
    };
    setState((last) => ({ ...last, busy: true }));
    compute(task, next, { signal: own.controller.signal, onProgress }).then(
      (result) => settle(result, undefined),
      (error: unknown) => settle(undefined, messageOf(error)),
    );
  };

  useEffect(() => {
    newest.current = input;
    const { current } = running;
    if (current !== undefined && performance.now() - current.since < PATIENCE) return;
    current?.controller.abort();
    running.current = undefined;
    start();
  }, inputs);
  useEffect(() => () => {
    const { current } = running;
    [running.current, newest.current] = [undefined, undefined];
    current?.controller.abort();
  }, []);
  return state;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error || error instanceof DOMException)) return String(error);
  return error.name === 'AbortError' ? 'Stopped; what is changed next is computed again.' : error.message;
}
