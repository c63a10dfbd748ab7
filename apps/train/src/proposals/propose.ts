import { readFile } from 'node:fs/promises';
import { decodeImage } from '@rcnn/datasets/node';
import { selectiveSearch } from '@rcnn/proposals';
import { cacheFile, readCache, writeCache } from './proposals-cache.ts';
import type { ProposalsAnswer, ProposalsTask } from './proposals-task.ts';
import { searchOptions } from './search-options.ts';

/** Proposals of one image: from the cache if it has them, else computed and put there. */
export async function propose({ file, settings, upright = false, cache }: ProposalsTask): Promise<ProposalsAnswer> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { file, reason: code === 'ENOENT' ? 'no such file' : message };
  }
  const entry = cache === null ? null : cacheFile(cache, bytes, settings, upright);
  const kept = entry === null ? undefined : readCache(entry);
  if (kept !== undefined && kept !== 'corrupt') return { file, found: kept, cached: true, corrupt: null };
  const image = await decodeImage(bytes, { orientation: upright ? 'upright' : 'as-stored' }).catch((error: Error) => error.message.replace(/^decodeImage: /, ''));
  if (typeof image === 'string') return { file, reason: image };
  const start = performance.now();
  const proposals = selectiveSearch(image, searchOptions(settings));
  const ms = Math.round(100 * (performance.now() - start)) / 100;
  const found = { ...proposals, width: image.width, height: image.height, ms };
  if (entry !== null) writeCache(entry, found);
  return { file, found, cached: false, corrupt: kept === 'corrupt' ? entry : null };
}
