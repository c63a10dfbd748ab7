import { effect, signal } from '@preact/signals';
import { compute } from '../compute/compute.ts';
import type { FoundObjects } from '../worker/tasks/detect-objects.ts';
import type { ModelSummary } from '../worker/tasks/open-model.ts';
import { busy } from './busy.ts';
import { problem, report } from './problem.ts';
import { shownImage, type ShownImage } from './shown-image.ts';

/** What was found in the image that is shown; undefined while it is looked for. */
export const detection = signal<{ readonly of: ShownImage; readonly found: FoundObjects } | undefined>(undefined);

/** The engine that was asked for; undefined is the best there is. */
export const wantedEngine = signal<string | undefined>(undefined);

/** The user's model; undefined is the page's own. */
export const openedModel = signal<ModelSummary | undefined>(undefined);

let detecting: AbortController | undefined;
let loadedAhead: Promise<unknown> | undefined;

/** Looks for objects in the image that is shown; a search that is under way is dropped. */
async function detect(shown: ShownImage): Promise<void> {
  detecting?.abort();
  const controller = new AbortController();
  detecting = controller;
  detection.value = undefined;
  busy.value = { label: 'detecting', fraction: undefined };
  try {
    const found = await compute('detectObjects', { image: shown.image }, {
      signal: controller.signal,
      onProgress: (fraction, label) => (busy.value = { label: label ?? 'detecting', fraction }),
    });
    detection.value = { of: shown, found };
    loadedAhead ??= compute('loadAhead', null).catch(() => (loadedAhead = undefined)); // after what is looked at, before the network may go
  } catch (error) {
    if (detecting === controller) report(error);
  } finally {
    if (detecting === controller) busy.value = undefined;
  }
}

/** Looks again where an image is shown: after a change of engine or model, or when it was stopped. */
export async function detectAgain(): Promise<void> {
  if (shownImage.value !== undefined) await detect(shownImage.value);
}

/** Changes to an engine by its name, or to the best there is. */
export async function chooseEngine(engine: string | undefined): Promise<void> {
  problem.value = undefined;
  busy.value = { label: 'starting the engine', fraction: undefined };
  try {
    await compute('useEngine', { engine });
    wantedEngine.value = engine;
  } catch (error) {
    report(error);
    busy.value = undefined;
    return;
  }
  await detectAgain();
}

/** Opens a model from the user's files; from none, the page's own. */
export async function chooseModel(files: readonly File[]): Promise<void> {
  problem.value = undefined;
  busy.value = { label: 'opening the model', fraction: undefined };
  try {
    const summary = await compute('openModel', { files }, { onProgress: (fraction, label) => (busy.value = { label: label ?? 'opening the model', fraction }) });
    openedModel.value = files.length === 0 ? undefined : summary;
  } catch (error) {
    report(error);
    busy.value = undefined;
    return;
  }
  await detectAgain();
}

/** From now on, every image that is shown is looked at; answers what ends that. */
export function detectWhatIsShown(): () => void {
  return effect(() => {
    const { value } = shownImage;
    if (value !== undefined && detection.peek()?.of !== value) void detect(value);
  });
}
