import type { RgbImage } from '@rcnn/geometry';
import type { ComponentChildren, FunctionComponent } from 'preact';
import type { Compute } from '../compute/client.ts';

/** The systems that a stage may belong to, in the order they were published. */
export const systems = ['R-CNN', 'SPPnet', 'Fast R-CNN', 'Faster R-CNN', 'Mask R-CNN'] as const;

/** One of {@link systems}. */
export type System = (typeof systems)[number];

/** What a stage's view gets. */
export interface StageProps {
  /** The image that both views share. */
  readonly image: RgbImage;
  readonly compute: Compute;
}

/** One step of the detectors, explained and computed live. */
export interface Stage {
  /** In the address: `#/how/ID`. */
  readonly id: string;
  readonly title: string;
  /** The system that brought it. */
  readonly system: System;
  /** The paper, with the section. */
  readonly paper: string;
  /** Text or MathML. */
  readonly formula: ComponentChildren;
  readonly View: FunctionComponent<StageProps>;
}
