import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rcnn } from '../test-program.ts';

interface Printed {
  image: string;
  width: number;
  height: number;
  mode: string;
  ms: number;
  boxes: number[][];
  scores: number[];
}

let folder = '';
let photos = '';
const cache = (): string => join(folder, 'cache');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-proposals-'));
  photos = join(folder, 'photos');
  await mkdir(photos);
  for (const [name, tint] of [['a.png', 200], ['b.png', 90]] as const) {
    const data = Uint8Array.from({ length: 3 * 64 * 48 }, (_, i) => (Math.floor(i / 3) % 64 < 30 ? tint : (i * 7) % 40));
    await sharp(data, { raw: { width: 64, height: 48, channels: 3 } }).png().toFile(join(photos, name));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rcnn proposals', () => {
  it('prints the proposals of an image, the same for a seed', async () => {
    const args = ['proposals', join(photos, 'a.png'), '--mode', 'single', '--max', '3', '--seed', '5', '--json'];
    const { stdout, stderr, exitCode } = await rcnn(...args);
    const printed = JSON.parse(stdout) as Printed;
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(Object.keys(printed)).toEqual(['image', 'width', 'height', 'mode', 'ms', 'boxes', 'scores']);
    expect(printed).toMatchObject({ image: join(photos, 'a.png'), width: 64, height: 48, mode: 'single' });
    expect(printed.boxes.every((box) => box.length === 4)).toBe(true);
    expect(printed.scores).toHaveLength(printed.boxes.length);
    const again = JSON.parse((await rcnn(...args)).stdout) as Printed;
    expect({ ...again, ms: 0 }).toEqual({ ...printed, ms: 0 });
  });

  it('does a folder on two threads, tells of a damaged image, goes on from the cache, and computes a corrupt entry anew', async () => {
    await writeFile(join(photos, 'c.jpg'), 'text');
    const out = join(folder, 'out');
    const args = ['proposals', photos, '--workers', '2', '--cache', cache()];
    const first = await rcnn(...args, '--out', out);
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toContain(`rcnn: ${join(photos, 'c.jpg')}: not an image, but text\n`);
    expect(first.stdout).toMatch(/a\.png: 64×48, \d+ boxes, \d+ ms\n.*b\.png: 64×48, \d+ boxes, \d+ ms\n$/);
    expect(await readdir(out)).toEqual(['a.json', 'b.json']);
    await rm(join(photos, 'c.jpg'));

    const entries = (await readdir(cache(), { recursive: true })).filter((name) => name.endsWith('.json'));
    expect(entries).toHaveLength(2);
    await writeFile(join(cache(), entries[0]), '{"half":');
    const second = await rcnn(...args, '--json');
    expect(second.exitCode).toBe(0);
    expect(second.stderr).toMatch(/^rcnn: .*\.json: corrupt, computed again for .*\.png$/m);
    const records = JSON.parse(second.stdout) as Printed[];
    expect(records.map(({ image }) => image)).toEqual([join(photos, 'a.png'), join(photos, 'b.png')]);
    const kept = JSON.parse(await readFile(join(out, 'b.json'), 'utf8')) as Printed;
    expect({ ...records[1], ms: 0 }).toEqual({ ...kept, ms: 0 });

    const third = await rcnn(...args, '--out', join(folder, 'new', 'all.json'));
    expect(third.stdout.match(/from the cache/g)).toHaveLength(2);
    expect(JSON.parse(await readFile(join(folder, 'new', 'all.json'), 'utf8'))).toHaveLength(2);
    expect((await rcnn(...args, '--seed', '9')).stdout).not.toContain('from the cache');
  });

  it('refuses in one line what is not there or makes no sense', async () => {
    const reason = async (...args: string[]): Promise<string> => (await rcnn('proposals', ...args)).stderr;
    expect(await reason(join(folder, 'none.jpg'))).toBe(`rcnn: ${join(folder, 'none.jpg')}: no such file\n`);
    await mkdir(join(folder, 'empty'));
    expect(await reason(join(folder, 'empty'))).toBe(`rcnn: ${join(folder, 'empty')}: no image in this folder\n`);
    expect(await reason(photos, '--mode', 'quick')).toContain('Expected fast, quality, single.');
    expect(await reason(photos, '--max', '0')).toContain('at least 1');
    expect(await reason(photos, '--out', join(photos, 'a.png'))).toBe(`rcnn: ${join(photos, 'a.png')}: expected a folder, or a name for one, got a file\n`);
    await mkdir(join(folder, 'folder.json'));
    expect(await reason(photos, '--out', join(folder, 'folder.json'))).toBe(`rcnn: ${join(folder, 'folder.json')}: expected a file, or a name for one, got a folder\n`);
    await mkdir(join(folder, 'twin'));
    await writeFile(join(folder, 'twin/a.png'), await readFile(join(photos, 'a.png')));
    expect(await reason(photos, join(folder, 'twin'), '--out', join(folder, 'twice'))).toMatch(/another image would be written to .*a\.json too\n$/);
  });
});
