import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asBoxes } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProposals, saveProposals } from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-proposals-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('saveProposals and loadProposals', () => {
  const proposals = [
    { image: 'a.jpg', width: 50, height: 40, boxes: asBoxes([0, 0, 50, 40, 1.5, 2, 30, 20]), scores: Float32Array.of(0.5, 0.25) },
    { image: 'b.jpg', width: 3, height: 2, boxes: asBoxes([]), scores: new Float32Array(0) },
  ];

  it('give back what was saved, and leave nothing else behind', async () => {
    const file = join(folder, 'proposals.json');
    await saveProposals(file, proposals);
    expect(await loadProposals(file)).toEqual(proposals);
    expect(await readdir(folder)).toEqual(['proposals.json']);
  });

  it('read one record alone, and give scores in order where there are none', async () => {
    const file = join(folder, 'one.json');
    await writeFile(file, JSON.stringify({ image: 'a', width: 9, height: 9, boxes: [[0, 0, 1, 1], [2, 2, 3, 3]] }));
    expect((await loadProposals(file))[0].scores).toEqual(Float32Array.of(1, 0.5));
  });

  it.each([
    ['{', /: not JSON/],
    ['[3]', /record 0: expected the name of an image/],
    ['{"image":"a","width":0,"height":1,"boxes":[]}', /\(a\): expected width and height above 0, got 0 and 1$/],
    ['{"image":"a","width":1,"height":1,"boxes":[[1,2,3]]}', /expected boxes of four numbers each$/],
    ['{"image":"a","width":1,"height":1,"boxes":[[3,0,1,1]]}', /x1 <= x2/],
    ['{"image":"a","width":1,"height":1,"boxes":[],"scores":[1]}', /expected 0 scores, one for each box$/],
    ['MATLAB 5.0 MAT-file', /a MATLAB file; only JSON is read/],
  ])('refuse %s by the file\'s name', async (text, reason) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, text);
    const message = await loadProposals(file).then(() => 'read', (error: Error) => error.message);
    expect(message).toMatch(reason);
    expect(message.startsWith(file)).toBe(true);
    await expect(loadProposals(join(folder, 'none.json'))).rejects.toThrow('none.json: no such file');
  });
});
