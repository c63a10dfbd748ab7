import { join } from 'node:path';
import { listFiles } from './list-files.ts';

/** Where a Pascal VOC folder keeps its files. */
export interface VocLayout {
  readonly annotations: string;
  readonly images: string;
  /** Numbers of objects and of classes, pixel by pixel, for the images that are segmented. */
  readonly segmentation: Readonly<Record<'objects' | 'classes', string>>;
}

/** The layout of a Pascal VOC folder: annotations in XML, images in `JPEGImages` (or `images`); undefined if it is none. */
export async function findVocLayout(root: string): Promise<VocLayout | undefined> {
  const top = await listFiles(root);
  const images = join(root, ['JPEGImages', 'images'].find((name) => top.includes(name)) ?? 'JPEGImages');
  const segmentation = { objects: join(root, 'SegmentationObject'), classes: join(root, 'SegmentationClass') };
  for (const name of ['Annotations', 'annotations']) {
    const annotations = join(root, name);
    if (top.includes(name) && (await listFiles(annotations)).some((file) => file.toLowerCase().endsWith('.xml'))) {
      return { annotations, images, segmentation };
    }
  }
  // The annotations may be what is missing.
  return top.includes('JPEGImages') && top.includes('Annotations')
    ? { annotations: join(root, 'Annotations'), images, segmentation }
    : undefined;
}
