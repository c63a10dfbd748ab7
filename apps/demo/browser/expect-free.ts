import { expect } from 'vitest';
import type { TracedTask } from './traced-tasks.ts';

/** Milliseconds of the processor that a task of the main thread may take. A page that computed on this thread would take hundreds. */
const most = 50;

/** Says how long the longest task of the main thread was, and expects that it did not block the page. */
export function expectFree(view: string, tasks: readonly TracedTask[]): void {
  const clock = tasks.reduce((longest, task) => Math.max(longest, task.clock), 0);
  console.log(`main thread in "${view}": longest of ${tasks.length} tasks ${tasks[0].processor.toFixed(1)} ms of the processor, ${clock.toFixed(1)} ms by the clock`);
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0].processor).toBeLessThan(most);
}
