import { asBrowserEngineName, type BrowserEngine } from '@rcnn/engine/browser';
import { changeEngine } from '../engine/current-engine.ts';
import { dropModel } from '../model/current-model.ts';
import type { Task } from '../task.ts';

/** Changes to an engine by its name, or to the best one; the model is made anew there when it is next asked for. */
export const useEngine: Task<{ readonly engine: string | undefined }, BrowserEngine> = ({ engine }) => {
  dropModel();
  return changeEngine(engine === undefined ? undefined : asBrowserEngineName(engine));
};
