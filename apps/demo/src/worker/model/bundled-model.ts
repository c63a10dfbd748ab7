import configUrl from '../../../model/config.yaml?url';
import weightsUrl from '../../../model/model.safetensors?url';
import type { ModelSource } from './current-model.ts';
import { runModel, type NamedBytes } from './run-model.ts';

/** The model that ships with the page: see `model/make-model.ts`. */
export const bundledModel: ModelSource = async () => {
  const [weights, config] = await Promise.all([fetched('model.safetensors', weightsUrl), fetched('config.yaml', configUrl)]);
  return runModel('Mask R-CNN on shapes', weights, config)();
};

async function fetched(name: string, url: string): Promise<NamedBytes> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${name}: the page's own model did not load (${error instanceof Error ? error.message : String(error)})`);
  });
  if (!response.ok) throw new Error(`${name}: the page's own model did not load (${response.status} ${response.statusText})`);
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
}
