import { XMLBuilder } from 'fast-xml-parser';
import type { VocAnnotation } from './voc-annotation.ts';

const builder = new XMLBuilder({ format: true, indentBy: '\t' });

/** A Pascal VOC annotation as XML, coordinates as they are. */
export function formatVocAnnotation({ filename, width, height, objects }: VocAnnotation): string {
  return builder.build({
    annotation: {
      folder: 'JPEGImages',
      ...(filename !== undefined && { filename }),
      size: { width, height, depth: 3 },
      segmented: 0,
      object: objects.map(({ name, box, difficult, truncated }) => ({
        name,
        pose: 'Unspecified',
        truncated: Number(truncated),
        difficult: Number(difficult),
        bndbox: { xmin: box[0], ymin: box[1], xmax: box[2], ymax: box[3] },
      })),
    },
  });
}
