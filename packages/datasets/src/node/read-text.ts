import { readFile } from 'node:fs/promises';
import type { Problem } from '../problem.ts';

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'expected a file, got a folder',
  ENOENT: 'no such file',
  EACCES: 'this user may not read it',
  ERR_STRING_TOO_LONG: 'more text than JavaScript can hold in one piece, about 512 MB',
};

/** A file's text without its byte order mark, or what is wrong with it. */
export async function readText(file: string): Promise<string | Problem> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { file, reason: reasons[code] ?? message, drops: 'example' };
  }
}
