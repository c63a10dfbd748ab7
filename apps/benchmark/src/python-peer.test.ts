import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPythonPeer } from './python-peer.ts';

const peers = fileURLToPath(new URL('peers', import.meta.url));

describe.skipIf(!existsSync('/usr/bin/python3'))('startPythonPeer (skipped where there is no /usr/bin/python3)', () => {
  let folder: string;
  const start = async (script: string): ReturnType<typeof startPythonPeer> => {
    await writeFile(join(folder, 'peer-script.py'), script);
    return startPythonPeer(relative(peers, join(folder, 'peer-script.py')));
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rcnn-peer-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is null where what the script imports is not installed', async () => {
    expect(await start('import sys; sys.exit(3)')).toBeNull();
  });

  it('refuses a script that fails, with the last line of what it said', async () => {
    await expect(start('raise ValueError("no such thing")')).rejects.toThrow('ended (1): ValueError: no such thing');
  });
});
