import { parseRunConfig } from '@rcnn/cli/browser';
import { readSafetensors } from '@rcnn/weights';
import { parse } from 'yaml';
import { ensureEngine } from '../engine/current-engine.ts';
import { createTrunk, type OpenedModel, type Trunk } from '../network/trunk.ts';
import { bundledFiles } from './bundled-model.ts';

let opened: Promise<OpenedModel> | undefined;
let made: { readonly trunk: Trunk; readonly engine: string } | undefined;

/** The model that the stages take to pieces: the page's own, whichever the user detects with. Its engine is started. */
export async function stageModel(): Promise<OpenedModel> {
  await ensureEngine();
  opened ??= open();
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Its trunk on the engine in use; nobody else disposes it. */
export async function stageTrunk(): Promise<Trunk> {
  const model = await stageModel();
  const { name: engine } = await ensureEngine();
  if (made?.engine === engine) return made.trunk;
  made?.trunk.dispose();
  const trunk = createTrunk(model);
  made = { trunk, engine };
  return trunk;
}

async function open(): Promise<OpenedModel> {
  const { weights, config } = await bundledFiles();
  const { model } = parseRunConfig(parse(new TextDecoder().decode(config.bytes)), config.name);
  if (model.model !== 'mask-rcnn') throw new Error(`${config.name}: expected the page's own model to be a mask-rcnn, got ${model.model}`);
  return { config: model, weights: readSafetensors(weights.bytes).tensors };
}
