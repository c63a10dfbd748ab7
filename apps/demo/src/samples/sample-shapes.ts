import type { ShapesOptions } from '@rcnn/datasets';

/** How the sample images are drawn, and those that the bundled model learnt from. */
export const sampleShapes: ShapesOptions = {
  size: 384,
  classes: ['circle', 'triangle', 'star'],
  scale: [0.22, 0.55],
  objects: [1, 5],
};
