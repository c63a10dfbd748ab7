import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeShapes } from '@rcnn/datasets/node';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';

/** What {@link temporaryShapes} gives. */
export interface TemporaryShapes {
  /** A path in the folder. */
  readonly at: (...path: string[]) => string;
  /** Where the dataset is. */
  readonly data: string;
  /** What has gone to stderr since the test began, or since `forget`. */
  readonly said: () => string;
  readonly forget: () => void;
}

/** A folder for a file of tests, with eight images of shapes and a cache of proposals of its own; stderr is kept from the screen. */
export function temporaryShapes(name: string, { classes }: { readonly classes?: readonly ('circle' | 'square')[] } = {}): TemporaryShapes {
  const folder = mkdtempSync(join(tmpdir(), `rcnn-${name}-`));
  const at = (...path: string[]): string => join(folder, ...path);
  let said = '';
  const forget = (): void => {
    said = '';
  };
  beforeAll(async () => {
    process.env['XDG_CACHE_HOME'] = at('cache');
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
    await writeShapes(at('shapes'), { count: 8, size: 64, seed: 3, ...(classes && { classes }) });
  });
  beforeEach(forget);
  afterAll(() => {
    delete process.env['XDG_CACHE_HOME'];
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  return { at, data: at('shapes'), said: () => said, forget };
}
