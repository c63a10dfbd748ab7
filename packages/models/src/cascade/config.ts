import type { FasterRcnnConfig } from '../config.ts';

/** A stage of the cascade: the IoU that makes a region an object, and the weights of its box coding. */
export interface CascadeStageConfig {
  readonly foreground: number;
  readonly weights: readonly [number, number, number, number];
}

/** Cascade R-CNN with a feature pyramid (Cai & Vasconcelos 2018): Faster R-CNN's numbers, and those of its stages. */
export interface CascadeRcnnConfig extends Omit<FasterRcnnConfig, 'model' | 'box'> {
  readonly model: 'cascade-rcnn';
  /** What the stages have in common; boxes are shared by all classes. */
  readonly box: Omit<FasterRcnnConfig['box'], 'convolutions' | keyof CascadeStageConfig>;
  /** First to last; each learns from the boxes of the one before. */
  readonly stages: readonly CascadeStageConfig[];
}
