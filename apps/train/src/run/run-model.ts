import type { Detector } from '@rcnn/models';

/** What a run finds objects with. */
export type RunModel = Pick<Detector, 'detect' | 'dispose'>;
