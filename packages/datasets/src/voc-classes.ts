import type { VocAnnotation } from './voc-annotation.ts';

/** The twenty classes of Pascal VOC 2007–2012, in the order of the development kit. */
export const pascalVocClasses: readonly string[] = [
  ...['aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow'],
  ...['diningtable', 'dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa', 'train', 'tvmonitor'],
];

/**
 * The class list of a folder that states none, from all its annotations. If most objects bear names of Pascal VOC, the
 * classes are those twenty. Otherwise they are the names found, in alphabetical order, without the strays: a name found
 * in a single image, where a typical (median) class is found in five or more, is taken for a mistake of writing.
 */
export function inferVocClasses(annotations: Iterable<Pick<VocAnnotation, 'objects'>>): readonly string[] {
  const images = new Map<string, number>();
  let objects = 0;
  let pascal = 0;
  for (const annotation of annotations) {
    for (const { name } of annotation.objects) {
      objects++;
      pascal += pascalVocClasses.includes(name) ? 1 : 0;
    }
    for (const name of new Set(annotation.objects.map((object) => object.name))) {
      images.set(name, (images.get(name) ?? 0) + 1);
    }
  }
  if (pascal > objects / 2) {
    return pascalVocClasses;
  }
  const counts = [...images.values()].sort((a, b) => b - a);
  const typical = counts[Math.floor((counts.length - 1) / 2)];
  return [...images.keys()].filter((name) => typical < 5 || (images.get(name) ?? 0) > 1).sort();
}
