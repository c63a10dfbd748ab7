import { join } from 'node:path';
import { formatProblem } from '../problem.ts';
import { listFiles } from './list-files.ts';
import { readText } from './read-text.ts';

/**
 * The class list a folder states in `classes.txt`, one name a line; undefined if there is none.
 * @throws Error if a name is listed twice or there is no name
 */
export async function readClasses(root: string): Promise<string[] | undefined> {
  const file = join(root, 'classes.txt');
  if (!(await listFiles(root)).includes('classes.txt')) {
    return undefined;
  }
  const text = await readText(file);
  if (typeof text !== 'string') throw new Error(formatProblem(text));
  const classes = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const repeated = classes.find((name, i) => classes.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new Error(`${file}:${classes.lastIndexOf(repeated) + 1}: class "${repeated}" is listed twice`);
  }
  if (classes.length === 0) {
    throw new Error(`${file}: expected a class name a line, got none`);
  }
  return classes;
}
