import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rleArea } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';
import { formatCoco } from '../format-coco.ts';
import { formatVocAnnotation } from '../format-voc.ts';
import { generateShapes, type ShapesOptions } from '../shapes/generate-shapes.ts';
import { shapeClasses } from '../shapes/outline.ts';
import { formatImageSet } from '../voc-image-set.ts';
import { writeGenerated, type Generated, type GeneratedOptions } from './write-generated.ts';

/** Options of {@link writeShapes}. */
export interface WriteShapesOptions extends ShapesOptions, GeneratedOptions {}

/** What {@link writeShapes} wrote. */
export interface WrittenShapes extends Generated {
  readonly classes: readonly string[];
}

/**
 * Writes a dataset of generated shapes to a folder, as Pascal VOC and as COCO at once: `JPEGImages` (JPEG, quality 95, no
 * chroma subsampling), `Annotations`, `ImageSets/Main`, `annotations/instances_SPLIT.json` with masks, `classes.txt`.
 * Image i depends on the seed and on i alone. All is written beside the folder and moved into place at the end, so
 * that there is never half a dataset.
 * @throws Error if the folder is not empty, unless an earlier run wrote it and nothing was added
 */
export async function writeShapes(root: string, { count, seed, onImage, ...shapes }: WriteShapesOptions = {}): Promise<WrittenShapes> {
  const classes = shapes.classes ?? shapeClasses;
  const written = await writeGenerated(root, {
    ...{ caller: 'writeShapes', kind: 'shapes', settings: shapes },
    ...(count !== undefined && { count }),
    ...(seed !== undefined && { seed }),
    ...(onImage && { onImage }),
    folders: ['Annotations', join('ImageSets', 'Main'), 'annotations'],
    names: ['classes.txt', 'Annotations', 'ImageSets', 'annotations'],
    draw: (rng) => {
      const { image, boxes, labels, truncated, masks } = generateShapes(rng, shapes);
      const none = new Uint8Array(labels.length);
      const areas = Float64Array.from(masks, rleArea);
      const segmentations = masks.map(({ height, width, counts }) => ({ size: [height, width] as const, counts: [...counts] }));
      return { image, groundTruth: { boxes, labels, difficult: none, crowd: none, truncated, areas, segmentations } };
    },
    writeExample: (folder, example) => writeFile(join(folder, 'Annotations', `${example.id}.xml`), vocXml(example, classes)),
    writeSplit: async (folder, split, examples) => {
      const ids = formatImageSet(examples.map(({ id }) => id));
      await writeFile(join(folder, 'ImageSets', 'Main', `${split}.txt`), ids);
      await writeFile(join(folder, 'annotations', `instances_${split}.json`), JSON.stringify(formatCoco({ classes, examples })));
      await writeFile(join(folder, 'classes.txt'), formatImageSet(classes));
    },
  });
  return { ...written, classes };
}

function vocXml({ file, width, height, groundTruth: { boxes, labels, truncated } }: Example, classes: readonly string[]): string {
  const objects = Array.from(labels, (label, i) => {
    const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
    return { name: classes[label - 1], box: [x1, y1, x2, y2] as const, difficult: false, truncated: truncated?.[i] === 1 };
  });
  return formatVocAnnotation({ filename: basename(file), width, height, objects });
}
