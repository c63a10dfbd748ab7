import { loadEngines } from '../engine/current-engine.ts';
import type { Task } from '../task.ts';

/** Loads what another choice of engine would need, so that the page needs no network from then on. */
export const loadAhead: Task<null, null> = async () => {
  await loadEngines();
  return null;
};
