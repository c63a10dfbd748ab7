import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, readExampleImage } from './decode-image.ts';

const width = 48;
const height = 32;
const colours = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7 + Math.floor(i / 96) * 11) % 256);
const raw = (): sharp.Sharp => sharp(colours, { raw: { width, height, channels: 3 } });
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-decode-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = async (name: string, bytes: Uint8Array | string): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

describe('decodeImage', () => {
  it('gives RGB bytes, row by row', async () => {
    const image = await decodeImage(await raw().png().toBuffer());
    expect(image).toEqual({ width, height, data: colours });
  });

  it('repeats gray in three channels', async () => {
    const jpeg = await sharp(new Uint8Array(16).fill(90), { raw: { width: 4, height: 4, channels: 1 } }).toColourspace('b-w').jpeg().toBuffer();
    expect((await sharp(jpeg).metadata()).channels).toBe(1);
    expect([...(await decodeImage(jpeg)).data]).toEqual(new Array(48).fill(90));
  });

  it('lays transparency on white', async () => {
    const png = await sharp(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 255), { raw: { width: 2, height: 1, channels: 4 } }).png().toBuffer();
    expect([...(await decodeImage(png)).data]).toEqual([255, 255, 255, 255, 0, 0]);
    const gray = await sharp(Uint8Array.of(10, 0, 10, 255), { raw: { width: 2, height: 1, channels: 2 } }).png().toBuffer();
    expect([...(await decodeImage(gray)).data]).toEqual([255, 255, 255, 10, 10, 10]);
  });

  it('brings 16 bits a channel to 8', async () => {
    const png = await raw().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    expect((await decodeImage(png)).data).toEqual(colours);
    const gray = await sharp(Uint16Array.of(0, 32896, 65535, 257), { raw: { width: 2, height: 2, channels: 1 } }).toColourspace('grey16').png().toBuffer();
    expect((await sharp(gray).metadata()).depth).toBe('ushort');
    expect([...(await decodeImage(gray)).data]).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255, 1, 1, 1]);
  });

  it('converts CMYK to colours that look the same', async () => {
    const red = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#d02020' } }).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(red).metadata()).space).toBe('cmyk');
    const [r, g, b] = (await decodeImage(red)).data;
    expect(r).toBeGreaterThan(170);
    expect(Math.max(g, b)).toBeLessThan(80);
  });

  it('passes over the EXIF orientation unless asked to turn the image upright', async () => {
    const turned = await raw().withMetadata({ orientation: 6 }).png().toBuffer();
    expect(await decodeImage(turned)).toEqual({ width, height, data: colours });
    const upright = await decodeImage(turned, { orientation: 'upright' });
    expect(upright).toMatchObject({ width: height, height: width });
    // A quarter turn clockwise: the last row's first pixel comes first.
    expect([...upright.data.subarray(0, 3)]).toEqual([...colours.subarray(3 * width * (height - 1), 3 * width * (height - 1) + 3)]);
  });

  it('refuses, by name and in one line, what is no image or not all of one', async () => {
    const jpeg = await raw().jpeg().toBuffer();
    const png = await raw().png().toBuffer();
    const bent = Uint8Array.from(jpeg);
    bent.fill(0x55, jpeg.length - 400, jpeg.length - 300);
    const cases: [string, Uint8Array | string, RegExp][] = [
      ['text.jpg', 'hello, I am a text\n', /not an image, but text$/],
      ['noise.jpg', Uint8Array.from({ length: 200 }, (_, i) => (i * 91) % 256), /not an image in a known format$/],
      ['empty.jpg', '', /empty file, not an image$/],
      ['half.jpg', jpeg.subarray(0, jpeg.length / 2), /truncated image \(.*premature end of JPEG image.*\)$/],
      ['last-bytes.jpg', jpeg.subarray(0, -20), /truncated image \(.*\)$/],
      ['ended-early.jpg', Buffer.concat([jpeg.subarray(0, jpeg.length - 300), Uint8Array.of(0xff, 0xd9)]), /damaged image \(.*\)$/],
      ['bent.jpg', bent, /(damaged|truncated) image \(.*\)$/],
      ['half.png', png.subarray(0, png.length / 2), /truncated image \(.*\)$/],
    ];
    for (const [name, bytes, reason] of cases) {
      const file = await write(name, bytes);
      const message = await decodeImage(file).then(() => `${name} passed`, (error: Error) => error.message);
      expect(message).toMatch(reason);
      expect(message.startsWith(`${file}: `)).toBe(true);
      expect(message).not.toContain('\n');
    }
    await expect(decodeImage(join(folder, 'absent.jpg'))).rejects.toThrow(/absent\.jpg: no such file$/);
  });
});

describe('readExampleImage', () => {
  it('refuses an image of another size than annotated, and guesses at a turned one', async () => {
    const file = await write('a.png', await raw().png().toBuffer());
    expect((await readExampleImage({ file, width, height })).width).toBe(width);
    await expect(readExampleImage({ file, width: 50, height })).rejects.toThrow(`${file}: the image is 48×32, its annotation says 50×32`);
    await expect(readExampleImage({ file, width: height, height: width })).rejects.toThrow('(turned by its EXIF orientation?)');
  });
});
