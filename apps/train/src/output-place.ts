import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder that is to be written to, made if need be. @throws Error in one line, if a file stands in its way */
export function outputFolder(path: string): string {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path; // Windows refuses to make a drive's root that is there
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const inTheWay = code === 'EEXIST' || code === 'ENOTDIR';
    throw new Error(`${path}: ${inTheWay ? 'expected a folder, or a name for one, got a file' : message}`, { cause: error });
  }
  return path;
}

/** The file that is to be written, its folder made if need be: asked for before the work of which it is the result. @throws Error in one line, if it cannot be */
export function outputFile(path: string): string {
  outputFolder(dirname(path));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${path}: expected a file, or a name for one, got a folder`);
  return path;
}
