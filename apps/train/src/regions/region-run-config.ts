import { createRng } from '@rcnn/geometry';
import { rcnn, sppnet, type RcnnConfig, type RegionDetector, type SppnetConfig } from '@rcnn/models';
import type { RunConfig } from '../run/run-config.ts';
import type { SearchSettings } from '../proposals/proposals-task.ts';

/** The configuration of a run of R-CNN or SPPnet, which train in stages. */
export interface RegionRunConfig extends RunConfig {
  readonly model: Extract<RunConfig['model'], RcnnConfig | SppnetConfig>;
  readonly proposals: SearchSettings;
}

/** Whether a run trains in stages. @throws Error if it does but has no search for its regions */
export function isRegionRun(config: RunConfig): config is RegionRunConfig {
  const { model, proposals } = config;
  if (model.model !== 'rcnn' && model.model !== 'sppnet') return false;
  if (proposals === null) throw new Error(`configuration: proposals: expected a search for the regions of ${model.model}, got null`);
  return true;
}

/** The model of such a run, its parameters as they are drawn. */
export function createRegionDetector({ model, seed }: RegionRunConfig): RegionDetector {
  const rng = createRng(seed);
  return model.model === 'rcnn' ? rcnn(model, rng) : sppnet(model, rng);
}
