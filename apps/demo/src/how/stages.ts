import type { Stage } from './stage.ts';
import { anchorsStage } from './stages/anchors.tsx';
import { boxOverlapStage } from './stages/box-overlap.tsx';
import { codingStage } from './stages/coding.tsx';
import { masksStage } from './stages/masks.tsx';
import { objectnessStage } from './stages/objectness.tsx';
import { poolingStage } from './stages/pooling.tsx';
import { proposalsStage } from './stages/proposals.tsx';
import { segmentationStage } from './stages/segmentation.tsx';
import { suppressionStage } from './stages/suppression.tsx';
import { timelineStage } from './stages/timeline.tsx';
import { warpingStage } from './stages/warping.tsx';

/** The stages, in the order they are told. */
export const stages: readonly Stage[] = [
  segmentationStage, proposalsStage, warpingStage, boxOverlapStage, suppressionStage, codingStage,
  poolingStage, anchorsStage, objectnessStage, masksStage, timelineStage,
];
