import { boxCount } from '@rcnn/geometry';
import type { CocoAnnotation, CocoCategory, CocoInstances } from './coco-format.ts';
import type { Dataset, Example } from './dataset.ts';

/**
 * Examples as an instances file of COCO, ready for `JSON.stringify`. Annotations are numbered from 1; images keep their
 * ids, or are numbered from 1; categories keep theirs, or are the labels themselves. Of a dataset with keypoints it is a person_keypoints
 * file, in which every category has them.
 */
export function formatCoco({
  classes,
  categoryIds = classes.map((_, i) => i + 1),
  examples,
  keypointNames,
  skeleton,
}: Pick<Dataset, 'classes' | 'categoryIds' | 'examples' | 'keypointNames' | 'skeleton'>): CocoInstances {
  const perObject = 3 * (keypointNames?.length ?? 0);
  const annotations: CocoAnnotation[] = [];
  const images = examples.map(({ imageId, file, width, height, groundTruth }, index) => {
    const id = imageId ?? index + 1;
    const { boxes, labels, crowd, areas, segmentations, keypoints } = groundTruth;
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
        ...(perObject > 0 && keypoints && formatKeypoints(keypoints.subarray(i * perObject, (i + 1) * perObject))),
      });
    }
    return { id, file_name: fileName(file), width, height };
  });
  const lines = skeleton?.map(([a, b]) => [a + 1, b + 1] as const);
  const marks: Pick<CocoCategory, 'keypoints' | 'skeleton'> = keypointNames ? { keypoints: keypointNames, ...(lines && { skeleton: lines }) } : {};
  return { images, annotations, categories: classes.map((name, i) => ({ id: categoryIds[i], name, ...marks })) };
}

function formatKeypoints(keypoints: Float32Array): Required<Pick<CocoAnnotation, 'keypoints' | 'num_keypoints'>> {
  return { keypoints: [...keypoints], num_keypoints: keypoints.reduce((sum, value, i) => sum + (i % 3 === 2 && value > 0 ? 1 : 0), 0) };
}

function fileName(file: Example['file']): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
