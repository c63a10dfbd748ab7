import { realpathSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';

/**
 * Where what is made of each image goes: a file in `folder` after the image's name.
 * @throws Error naming the image, if another's would go there too, or it would overwrite an image
 */
export function targetFiles(folder: string, extension: string, images: readonly string[]): Map<string, string> {
  const sources = new Map(images.map((image) => [realFile(image), image]));
  const takers = new Map<string, string>();
  const targets = new Map<string, string>();
  for (const image of images) {
    const target = join(folder, `${basename(image, extname(image))}${extension}`);
    const overwritten = sources.get(realFile(target));
    if (overwritten !== undefined) throw new Error(`${image}: would be written to ${target}, over the image ${overwritten}; --out names another folder`);
    const other = takers.get(target) ?? image;
    if (realFile(other) !== realFile(image)) throw new Error(`${image}: another image would be written to ${target} too`);
    takers.set(target, image);
    targets.set(image, target);
  }
  return targets;
}

function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
