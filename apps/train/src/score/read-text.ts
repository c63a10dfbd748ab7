import { readFile } from 'node:fs/promises';

/**
 * The text of a file.
 * @throws Error in one line, with the file's name
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'expected a file, got a folder' : message;
    throw new Error(`${file}: ${reason}`);
  }
}
