import { signal } from '@preact/signals';

/** What went wrong last, in a line; undefined when something has gone well since. */
export const problem = signal<string | undefined>(undefined);

/** Shows an error's message; one that only says that work was superseded is none. */
export function report(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  problem.value = error instanceof Error ? error.message : String(error);
}
