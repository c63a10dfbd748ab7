import configUrl from '../../../model/config.yaml?url';
import weightsUrl from '../../../model/model.safetensors?url';
import type { ModelSource } from './current-model.ts';
import { runModel, type NamedBytes } from './run-model.ts';

/** The two files of a run that a model is made of. */
export interface RunFiles {
  readonly weights: NamedBytes;
  readonly config: NamedBytes;
}

let files: Promise<RunFiles> | undefined;
let source: Promise<ModelSource> | undefined;

/** The model that ships with the page: see `model/make-model.ts`. */
export const bundledModel: ModelSource = async () => {
  source ??= bundledFiles().then(({ weights, config }) => runModel('Mask R-CNN on shapes', weights, config));
  source.catch(() => (source = undefined)); // another time, perhaps
  return (await source)();
};

/** Its files, fetched once. */
export function bundledFiles(): Promise<RunFiles> {
  files ??= Promise.all([fetched('model.safetensors', weightsUrl), fetched('config.yaml', configUrl)]).then(([weights, config]) => ({ weights, config }));
  files.catch(() => (files = undefined));
  return files;
}

async function fetched(name: string, url: string): Promise<NamedBytes> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${name}: the page's own model did not load (${error instanceof Error ? error.message : String(error)})`);
  });
  if (!response.ok) throw new Error(`${name}: the page's own model did not load (${response.status} ${response.statusText})`);
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
}
