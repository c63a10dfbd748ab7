import { expect, it } from 'vitest';
import { contentOf, fileFault } from './file-fault.ts';

const jpeg = (...rest: number[]) => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...rest]);

it('tells a JPEG or PNG that is cut off, and an empty file', () => {
  expect(fileFault(new Uint8Array(0))).toBe('the file is empty');
  expect(fileFault(jpeg(1, 2, 3))).toContain('cut off');
  expect(fileFault(jpeg(1, 2, 0xff, 0xd9))).toBeUndefined();
  expect(fileFault(jpeg(1, 2, 0xff, 0xd9, 0, 0, 0))).toBeUndefined();
  expect(fileFault(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))).toContain('cut off');
});

it('tells text from other bytes', () => {
  expect(contentOf(new TextEncoder().encode('not a picture\n'))).toBe('text');
  expect(contentOf(Uint8Array.from([0, 1, 2]))).toContain('damaged');
});
