import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLabels } from './decode-labels.ts';
import { pngOf } from './testing/png.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-labels-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
const decode = async (png: Uint8Array): Promise<Awaited<ReturnType<typeof decodeLabels>>> => {
  await writeFile(join(folder, 'labels.png'), png);
  return decodeLabels(join(folder, 'labels.png'));
};

describe('decodeLabels', () => {
  it.each([1, 2, 4, 8])('reads indices of a palette and grays of %i bits as they are', async (depth) => {
    const values = Array.from({ length: 33 }, (_, i) => (i * i) % 2 ** depth);
    for (const palette of [true, false]) {
      const { width, height, labels } = await decode(pngOf(values, 11, { palette, depth }));
      expect([width, height, [...labels]]).toEqual([11, 3, values]);
    }
  });

  it('reads 16 bits, and colours as red + 256 green + 65536 blue, transparent or not', async () => {
    const gray = sharp(Uint16Array.of(0, 300, 65535, 1), { raw: { width: 2, height: 2, channels: 1 } });
    expect([...(await decode(await gray.toColourspace('grey16').png().toBuffer())).labels]).toEqual([0, 300, 65535, 1]);
    const colours = sharp(Uint8Array.of(1, 0, 0, 255, 44, 1, 2, 0), { raw: { width: 2, height: 1, channels: 4 } });
    expect([...(await decode(await colours.png().toBuffer())).labels]).toEqual([1, 44 + 256 + 2 * 65536]);
  });

  it('names the file that is missing, damaged or none', async () => {
    const file = join(folder, 'labels.png');
    await expect(decodeLabels(join(folder, 'none.png'))).rejects.toThrow(`${join(folder, 'none.png')}: no such file`);
    const png = pngOf([0, 1, 2, 3], 2);
    await expect(decode(png.subarray(0, png.length - 20))).rejects.toThrow(`${file}: damaged PNG (`);
    await expect(decode(png.map((byte, i) => (i === 45 ? byte ^ 1 : byte)))).rejects.toThrow(`${file}: damaged PNG (`);
    await expect(decode(Buffer.from('text'))).rejects.toThrow(`${file}: expected a PNG of numbers`);
  });
});
