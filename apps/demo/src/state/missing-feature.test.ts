import { expect, it } from 'vitest';
import { missingFeature } from './missing-feature.ts';

it('names what a browser lacks, and nothing where it has all', () => {
  const all = { WebAssembly: 1, Worker: 1, OffscreenCanvas: 1, createImageBitmap: 1, ResizeObserver: 1 };
  expect(missingFeature(all)).toBeUndefined();
  expect(missingFeature(Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'OffscreenCanvas')))).toBe('OffscreenCanvas');
});
