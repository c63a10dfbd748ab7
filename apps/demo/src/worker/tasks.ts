import { boxOverlap } from './tasks/box-overlap.ts';
import { codeBox } from './tasks/code-box.ts';
import { cover } from './tasks/cover.ts';
import { decodeFile } from './tasks/decode-file.ts';
import { detectObjects } from './tasks/detect-objects.ts';
import { drawSample } from './tasks/draw-sample.ts';
import { featureMaps } from './tasks/feature-maps.ts';
import { fitImage } from './tasks/fit-image.ts';
import { loadAhead } from './tasks/load-ahead.ts';
import { measuredSystems } from './tasks/measured-systems.ts';
import { networkProposals } from './tasks/network-proposals.ts';
import { openModel } from './tasks/open-model.ts';
import { paste } from './tasks/paste.ts';
import { placeAnchors } from './tasks/place-anchors.ts';
import { poolRegion } from './tasks/pool-region.ts';
import { proposeRegions } from './tasks/propose-regions.ts';
import { segment } from './tasks/segment.ts';
import { segmentMasks } from './tasks/segment-masks.ts';
import { softMasks } from './tasks/soft-masks.ts';
import { suppress } from './tasks/suppress.ts';
import { unsuppressedDetections } from './tasks/unsuppressed-detections.ts';
import { useEngine } from './tasks/use-engine.ts';
import { warp } from './tasks/warp.ts';

/** Everything that the page can ask of the worker, by name. */
export const tasks = {
  // The Detect view.
  decodeFile,
  detectObjects,
  drawSample,
  loadAhead,
  openModel,
  useEngine,
  // The stages of "How it works".
  boxOverlap,
  codeBox,
  cover,
  featureMaps,
  fitImage,
  measuredSystems,
  networkProposals,
  paste,
  placeAnchors,
  poolRegion,
  proposeRegions,
  segment,
  segmentMasks,
  softMasks,
  suppress,
  unsuppressedDetections,
  warp,
};

/** The table of tasks: it types `compute`. */
export type Tasks = typeof tasks;
