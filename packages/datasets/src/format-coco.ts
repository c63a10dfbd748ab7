import { boxCount } from '@rcnn/geometry';
import type { CocoAnnotation, CocoInstances } from './coco-format.ts';
import type { Dataset, Example } from './dataset.ts';

/**
 * Examples as an instances file of COCO, ready for `JSON.stringify`. Annotations are numbered from 1; images keep their
 * ids, or are numbered from 1; categories keep theirs, or are the labels themselves.
 */
export function formatCoco({
  classes,
  categoryIds = classes.map((_, i) => i + 1),
  examples,
}: Pick<Dataset, 'classes' | 'categoryIds' | 'examples'>): CocoInstances {
  const annotations: CocoAnnotation[] = [];
  const images = examples.map(({ imageId, file, width, height, groundTruth }, index) => {
    const id = imageId ?? index + 1;
    const { boxes, labels, crowd, areas, segmentations } = groundTruth;
    for (let i = 0; i < boxCount(boxes); i++) {
      const [x, y, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
      const segmentation = segmentations?.[i];
      annotations.push({
        id: annotations.length + 1,
        image_id: id,
        category_id: categoryIds[labels[i] - 1],
        bbox: [x, y, x2 - x, y2 - y],
        area: areas?.[i] ?? (x2 - x) * (y2 - y),
        iscrowd: crowd[i] === 1 ? 1 : 0,
        ...(segmentation && { segmentation }),
      });
    }
    return { id, file_name: fileName(file), width, height };
  });
  return { images, annotations, categories: classes.map((name, i) => ({ id: categoryIds[i], name })) };
}

function fileName(file: Example['file']): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
