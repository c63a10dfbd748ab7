import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseProposals, toProposalRecord } from '@rcnn/proposals';
import packageJson from '../../package.json' with { type: 'json' };
import { writeAtomically } from '../atomic-write.ts';
import type { FoundProposals, SearchSettings } from './proposals-task.ts';

/** Where the cache is unless told otherwise: `rcnn/proposals` in the user's cache folder. */
export function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rcnn', 'proposals');
}

/** The file of an image's proposals: its name is a hash of the image's bytes, the settings, whether it is turned, and the version of the program. */
export function cacheFile(cache: string, image: Uint8Array, settings: SearchSettings, upright = false): string {
  const key = createHash('sha256').update(JSON.stringify([packageJson.version, settings, ...(upright ? ['upright'] : [])])).update(image).digest('hex');
  return join(cache, key.slice(0, 2), `${key.slice(2)}.json`);
}

/** What the cache holds: undefined if nothing, `corrupt` if what is there cannot be used. */
export function readCache(file: string): FoundProposals | 'corrupt' | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const text = readFileSync(file, 'utf8');
    const [{ width, height, boxes, scores }] = parseProposals(text, file);
    const { ms } = JSON.parse(text) as { ms?: unknown };
    return typeof ms === 'number' ? { width, height, boxes, scores, ms } : 'corrupt';
  } catch {
    return 'corrupt';
  }
}

/** Keeps an image's proposals: under a temporary name, renamed when whole. */
export function writeCache(file: string, found: FoundProposals): void {
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, JSON.stringify({ ...toProposalRecord({ image: '', ...found }), ms: found.ms }));
}
