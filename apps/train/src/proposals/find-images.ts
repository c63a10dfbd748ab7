import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

const extensions: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif']);

/**
 * The image files that a command's arguments name: files as they are, of folders the images directly in them, in order.
 * @throws Error if a folder has no image in it
 */
export function findImages(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => !name.startsWith('.') && extensions.has(extname(name).toLowerCase()));
    if (names.length === 0) throw new Error(`${path}: no image in this folder`);
    return names.sort().map((name) => join(path, name));
  });
}
