import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes from a folder, and from those in it, what `writeAtomically` has left half written there in a process that was killed. */
export function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const pid = /\.(\d+)-\d+-\d+\.partial$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

/** Whether another process of this number runs; in a container one that was killed may have had ours. */
function lives(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0); // no signal: it asks whether there is such a process
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
