import type { Stage } from './stage.ts';
import { boxOverlapStage } from './stages/box-overlap.tsx';

/** The stages, in the order they are told. */
export const stages: readonly Stage[] = [boxOverlapStage];
