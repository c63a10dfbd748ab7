import { ensureEngine } from '../engine/current-engine.ts';
import { bundledModel } from './bundled-model.ts';
import type { LoadedModel } from './loaded-model.ts';

/** Makes a model's detector on the engine in use; called again after a change of engine. */
export type ModelSource = () => LoadedModel | Promise<LoadedModel>;

let source: ModelSource = bundledModel;
let loaded: { readonly model: LoadedModel; readonly engine: string } | undefined;

/**
 * The model in use on the engine in use, made where it is not there yet: the one that ships with the page unless another was chosen.
 * Tasks that compute with a network begin with it; nobody else disposes it.
 */
export async function currentModel(): Promise<LoadedModel> {
  const { name: engine } = await ensureEngine();
  if (loaded?.engine !== engine) {
    dropModel();
    loaded = { model: await source(), engine };
  }
  return loaded.model;
}

/** Frees the model, on the engine that it is on, before another engine is current. */
export function dropModel(): void {
  loaded?.model.detector.dispose();
  loaded = undefined;
}

/** Takes another model; the one in use stays if it cannot be made. */
export async function replaceModel(next: ModelSource): Promise<LoadedModel> {
  const { name: engine } = await ensureEngine();
  const model = await next();
  dropModel();
  [source, loaded] = [next, { model, engine }];
  return model;
}
