import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isImageName } from '@rcnn/datasets/node';

/**
 * The image files that a command's arguments name: files as they are, of folders the images directly in them, in order.
 * @throws Error if a folder has no image in it
 */
export function findImages(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => !name.startsWith('.') && isImageName(name));
    if (names.length === 0) throw new Error(`${path}: no image in this folder`);
    return names.sort().map((name) => join(path, name));
  });
}
