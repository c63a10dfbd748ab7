import { readFile } from 'node:fs/promises';
import { parseProposals, type ImageProposals } from '../files/proposal-record.ts';

/**
 * Reads a JSON file of proposals: of one image, or of several in a list.
 * @throws Error in one line, with the file's name, if there is none, or it is malformed
 */
export async function loadProposals(file: string): Promise<ImageProposals[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (text.startsWith('MATLAB ')) throw new Error(`${file}: a MATLAB file; only JSON is read (in Python: scipy.io.loadmat, then json.dump)`);
  return parseProposals(text, file);
}
