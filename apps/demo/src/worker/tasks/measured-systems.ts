import type { RgbImage } from '@rcnn/geometry';
import { ensureEngine } from '../engine/current-engine.ts';
import { stageModel } from '../model/stage-model.ts';
import { measuredParts, measureSystems, type MeasureSystemsOutput } from '../network/measure-systems.ts';
import type { Task } from '../task.ts';

/** Times the parts of the five systems on this machine. */
export const measuredSystems: Task<{ readonly image: RgbImage }, MeasureSystemsOutput & { readonly engine: string }> = async ({ image }, { progress, breathe }) => {
  const { name: engine } = await ensureEngine();
  const measured = await measureSystems(image, await stageModel(), async (part, at) => {
    progress(at / measuredParts.length, part);
    await breathe();
  });
  return { ...measured, engine };
};
