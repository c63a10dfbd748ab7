import { generateShapes } from '@rcnn/datasets';
import { createRng } from '@rcnn/geometry';
import { sampleShapes } from '../../samples/sample-shapes.ts';
import type { Task } from '../task.ts';
import { pictureOf } from '../image/picture-of.ts';
import type { DecodedImage } from './decode-file.ts';

/** Draws the sample image of a seed, the same bytes in every browser. */
export const drawSample: Task<{ readonly seed: number }, DecodedImage> = async ({ seed }, { share }) => {
  const { image } = generateShapes(createRng(seed), sampleShapes);
  return { image: share(image), picture: await pictureOf(image), original: { width: image.width, height: image.height } };
};
