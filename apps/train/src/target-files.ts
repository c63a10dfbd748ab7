import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { isImageName } from '@rcnn/datasets/node';

/**
 * Where what is made of each image goes: a file in `folder` after the image's name.
 * @throws Error naming the image, if another's would go there too, or it would overwrite an image: one of these, or a picture beside one
 */
export function targetFiles(folder: string, extension: string, images: readonly string[]): Map<string, string> {
  const sources = new Map(images.map((image) => [realFile(image), image]));
  const folders = new Set(images.map((image) => realFile(dirname(image))));
  const takers = new Map<string, string>();
  const targets = new Map<string, string>();
  for (const image of images) {
    const target = join(folder, `${basename(image, extname(image))}${extension}`);
    const overwritten = sources.get(realFile(target));
    if (overwritten !== undefined) throw new Error(`${image}: would be written to ${target}, over the image ${overwritten}; --out names another folder`);
    if (isImageName(target) && folders.has(realFile(folder)) && existsSync(target)) throw new Error(`${image}: would be written to ${target}, which is there, among the images; --out names another folder`);
    const other = takers.get(target) ?? image;
    if (realFile(other) !== realFile(image)) throw new Error(`${image}: another image would be written to ${target} too`);
    takers.set(target, image);
    targets.set(image, target);
  }
  return targets;
}

function realFile(file: string): string {
  try {
    return realpathSync.native(file); // as the disk writes it, where it tells no upper case from lower
  } catch {
    return resolve(file);
  }
}
