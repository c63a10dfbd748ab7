import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rleArea } from '@rcnn/geometry';
import { figureKeypoints, figureSkeleton } from '../figures/figure-keypoints.ts';
import { generateFigures, type FiguresOptions } from '../figures/generate-figures.ts';
import { formatCoco } from '../format-coco.ts';
import { writeGenerated, type Generated, type GeneratedOptions } from './write-generated.ts';

/** Options of {@link writeFigures}. */
export interface WriteFiguresOptions extends FiguresOptions, GeneratedOptions {}

/** What {@link writeFigures} wrote. */
export interface WrittenFigures extends Generated {
  readonly classes: readonly string[];
  readonly keypointNames: readonly string[];
}

const classes = ['figure'];

/**
 * Writes a dataset of generated stick figures to a folder, as COCO: `JPEGImages` (JPEG, quality 95, no chroma subsampling) and
 * `annotations/person_keypoints_SPLIT.json` with keypoints and masks, one class `figure`. Image i depends on the seed and on i alone.
 * All is written beside the folder and moved into place at the end, so that there is never half a dataset.
 * @throws Error if the folder is not empty, unless an earlier run wrote it and nothing was added
 */
export async function writeFigures(root: string, { count, seed, onImage, ...figures }: WriteFiguresOptions = {}): Promise<WrittenFigures> {
  const written = await writeGenerated(root, {
    ...{ caller: 'writeFigures', kind: 'figures', settings: figures },
    ...(count !== undefined && { count }),
    ...(seed !== undefined && { seed }),
    ...(onImage && { onImage }),
    folders: ['annotations'],
    names: ['annotations'],
    draw: (rng) => {
      const { image, boxes, labels, keypoints, masks } = generateFigures(rng, figures);
      const none = new Uint8Array(labels.length);
      const areas = Float64Array.from(masks, rleArea);
      const segmentations = masks.map(({ height, width, counts }) => ({ size: [height, width] as const, counts: [...counts] }));
      return { image, groundTruth: { boxes, labels, difficult: none, crowd: none, areas, segmentations, keypoints } };
    },
    writeSplit: (folder, split, examples) => {
      const coco = formatCoco({ classes, examples, keypointNames: figureKeypoints, skeleton: figureSkeleton });
      return writeFile(join(folder, 'annotations', `person_keypoints_${split}.json`), JSON.stringify(coco));
    },
  });
  return { ...written, classes, keypointNames: figureKeypoints };
}
