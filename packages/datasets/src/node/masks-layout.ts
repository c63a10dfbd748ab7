import { join, parse } from 'node:path';
import { compareSplits } from './compare-splits.ts';
import { isImageName, listFiles } from './list-files.ts';

/** An image, and the PNGs of its objects: one of numbers, or one an object. */
export interface MaskedImage {
  readonly id: string;
  /** Undefined where masks have no image. */
  readonly file?: string;
  readonly masks: { readonly numbers: string } | { readonly objects: readonly string[] } | undefined;
  /** Where the masks are, or should be. */
  readonly place: string;
}

/**
 * The images of a folder of masks by split; none if it is none. Known are
 *
 * - `images[/SPLIT]/NAME.png` with `masks[/SPLIT]/NAME/*.png`, a PNG an object, not 0 where it is;
 * - the same with `masks[/SPLIT]/NAME.png`, one PNG of numbers, 0 for the ground and another one for each object;
 * - `[SPLIT/]NAME/images/*.png` with `[SPLIT/]NAME/masks/*.png`, as the 2018 Data Science Bowl has it.
 */
export async function findMaskedImages(root: string): Promise<Map<string, MaskedImage[]>> {
  const top = await listFiles(root);
  const splits = new Map<string, MaskedImage[]>();
  if (top.includes('masks')) {
    const folders = top.includes('images') ? (await listFiles(join(root, 'images'))).filter((name) => !isImageName(name)) : [];
    for (const split of folders.length > 0 ? folders.sort(compareSplits) : ['all']) {
      const part = split === 'all' && folders.length === 0 ? '' : split;
      splits.set(split, await beside(join(root, 'images', part), join(root, 'masks', part)));
    }
    return splits;
  }
  const own = await perFolder(root);
  if (own.length > 0) {
    return new Map([['all', own]]);
  }
  for (const split of top.sort(compareSplits)) {
    const images = await perFolder(join(root, split));
    if (images.length > 0) {
      splits.set(split, images);
    }
  }
  return splits;
}

async function beside(images: string, masks: string): Promise<MaskedImage[]> {
  const files = new Map((await listFiles(images)).filter(isImageName).map((name) => [parse(name).name, join(images, name)]));
  const entries = await listFiles(masks);
  const numbers = new Map(entries.filter(isPng).map((name) => [parse(name).name, join(masks, name)]));
  const folders = new Set(entries.filter((name) => !isPng(name)));
  const ids = [...new Set([...files.keys(), ...numbers.keys(), ...folders])].sort();
  const found: MaskedImage[] = [];
  for (const id of ids) {
    const file = files.get(id);
    const png = numbers.get(id);
    const place = png ?? join(masks, id);
    const own = png !== undefined ? { numbers: png } : folders.has(id) ? { objects: await pngsOf(place) } : undefined;
    found.push({ id, ...(file !== undefined && { file }), masks: own, place });
  }
  return found;
}

async function perFolder(root: string): Promise<MaskedImage[]> {
  const found: MaskedImage[] = [];
  for (const id of await listFiles(root)) {
    const parts = await listFiles(join(root, id));
    if (parts.includes('images') && parts.includes('masks')) {
      const [image] = (await listFiles(join(root, id, 'images'))).filter(isImageName);
      const place = join(root, id, 'masks');
      const file = image === undefined ? {} : { file: join(root, id, 'images', image) };
      found.push({ id, ...file, masks: { objects: await pngsOf(place) }, place });
    }
  }
  return found;
}

const isPng = (name: string): boolean => name.toLowerCase().endsWith('.png');

async function pngsOf(folder: string): Promise<string[]> {
  return (await listFiles(folder)).filter(isPng).map((name) => join(folder, name));
}
