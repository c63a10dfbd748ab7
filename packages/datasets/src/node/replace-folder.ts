import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * Writes a folder anew: beside it at first, and moved into its place when `write` is done, so that there is never half of one. What runs
 * that were killed left beside it goes.
 * @throws Error if the folder holds the one that this runs in
 */
export async function replaceFolder<Result>(root: string, write: (partial: string) => Promise<Result>): Promise<Result> {
  const target = resolve(root);
  const way = relative(target, process.cwd()); // from one drive to another, on Windows, it is absolute
  if (!way.startsWith('..') && !isAbsolute(way)) {
    throw new Error(`${root}: expected a folder that can be replaced, got the one that this runs in, or one above it`);
  }
  await removeLeftovers(target);
  const partial = partialOf(target, process.pid);
  try {
    const result = await write(partial);
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
    return result;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

const partialOf = (target: string, pid: number | string): string => join(dirname(target), `.${basename(target)}.${pid}.partial`);

async function removeLeftovers(target: string): Promise<void> {
  for (const name of await readdir(dirname(target)).catch(() => [])) {
    const pid = /\.(\d+)\.partial$/.exec(name)?.[1];
    if (pid !== undefined && join(dirname(target), name) === partialOf(target, pid) && !isRunning(Number(pid))) {
      await rm(join(dirname(target), name), { recursive: true, force: true });
    }
  }
}

/** Whether another process of this number runs; one that was killed may have had ours. */
function isRunning(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
