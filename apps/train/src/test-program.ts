import { vi } from 'vitest';
import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

/** Runs a command line in this process, for tests: what it printed, and its exit code. */
export async function rcnn(...args: string[]): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      printed[name] += String(chunk);
      return true;
    }),
  );
  try {
    return { exitCode: await runProgram(createProgram(), args), ...printed };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
