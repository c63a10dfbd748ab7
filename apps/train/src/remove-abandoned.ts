import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes from a folder what `writeAtomically` has left half written there in a process that was killed. */
export function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)-\d+-\d+\.partial$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0); // no signal: it asks whether there is such a process
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
