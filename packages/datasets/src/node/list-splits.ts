import { openDataset, type OpenOptions } from './open-dataset.ts';

/**
 * The splits that {@link readDataset} knows of the dataset in a folder: `all` alone where its format has none.
 * @throws Error if there is no such folder, or no dataset in it
 */
export async function listSplits(root: string, options: OpenOptions = {}): Promise<readonly string[]> {
  const [{ splits }] = await openDataset(root, options);
  return splits;
}
