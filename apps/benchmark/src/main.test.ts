import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

import { formatTable } from './table.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

it('an unknown subject is refused in one line', async () => {
  const failed = promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'nothing']);
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^bench: expected a subject \(.*geometry.*\), got nothing\n$/) as string,
  });
});

it('the table has a dash where there is no peer', () => {
  const common = { name: 'work', engine: 'node', ms: 0.5 };
  expect(formatTable([{ ...common, peer: null, peerMs: null, ratio: null }])).toMatch(/work.*node.*0\.500.*–.*–.*–/);
  expect(formatTable([{ ...common, peer: 'peer 1.0', peerMs: 250, ratio: 500 }])).toMatch(/peer 1\.0.*250.*500×/);
  expect(formatTable([{ ...common, peer: null, peerMs: null, ratio: null }])).not.toContain('paper');
});

it("the papers' figures stand beside ours where a row has them", () => {
  const row = { name: 'Fast R-CNN', engine: 'node', ms: 50, peer: 'R-CNN', peerMs: 500, ratio: 10, published: { ms: 320, ratio: 147, source: 'Table 4' } };
  expect(formatTable([row, { ...row, published: undefined }].map(({ published, ...rest }) => (published ? { ...rest, published } : rest)))).toMatch(/10\.0×.*320.*147×[^]*10\.0×.*–.*–/);
});
