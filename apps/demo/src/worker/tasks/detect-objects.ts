import { searchOptions } from '@rcnn/cli/browser';
import type { RgbImage, Rle } from '@rcnn/geometry';
import { ensureEngine } from '../engine/current-engine.ts';
import { maskOutline } from '../image/mask-outline.ts';
import { currentModel } from '../model/current-model.ts';
import { searchRegions } from '../search-regions.ts';
import type { Task } from '../task.ts';
import { summaryOf, type ModelSummary } from './open-model.ts';

/** A part of a detection and how long it took. */
export interface PartTime {
  readonly part: string;
  readonly ms: number;
}

/** The objects in an image, and how they were found. */
export interface FoundObjects {
  /** [R, 4], the image's pixels, best first. */
  readonly boxes: Float32Array;
  readonly labels: Int32Array;
  readonly scores: Float32Array;
  readonly masks: readonly Rle[] | undefined;
  /** Each mask's outline, path data of SVG. */
  readonly outlines: readonly string[] | undefined;
  /** Keypoints [R, K, 3], and the score [R, K] of each, of a model that finds any. */
  readonly keypoints: Float32Array | undefined;
  readonly keypointScores: Float32Array | undefined;
  readonly model: ModelSummary;
  readonly engine: string;
  readonly engineReason: string;
  /** Of each part of the detection. */
  readonly times: readonly PartTime[];
  /** Milliseconds until the engine and the model were ready. */
  readonly preparedMs: number;
}

const titles = { features: 'backbone', proposals: 'proposals', boxes: 'classes and boxes', masks: 'masks', keypoints: 'keypoints' } as const;

/** Finds the objects in an image with the model in use. */
export const detectObjects: Task<{ readonly image: RgbImage }, FoundObjects> = async ({ image }, { progress, breathe }) => {
  const times: { part: string; ms: number }[] = [];
  let last = performance.now();
  const end = (part: string): void => {
    const now = performance.now();
    const known = times.find((each) => each.part === part);
    if (known === undefined) times.push({ part, ms: now - last });
    else known.ms += now - last;
    last = now;
  };
  progress(0.05, 'starting the engine');
  const engine = await ensureEngine();
  progress(0.15, 'loading the model');
  const model = await currentModel();
  const preparedMs = performance.now() - last;
  await breathe();
  last = performance.now();
  let proposals: Parameters<typeof model.detector.detect>[1];
  if (model.search !== null) {
    progress(0.2, 'searching for regions');
    proposals = [searchRegions(image, searchOptions(model.search))];
    end('selective search');
    await breathe();
    last = performance.now();
  }
  progress(0.4, 'computing features');
  const shares = { features: 0.5, proposals: 0.6, boxes: 0.75, masks: 0.9, keypoints: 0.9 };
  const [found] = await model.detector.detect([image], proposals, {
    onPart: (part) => {
      progress(shares[part], titles[part]);
      end(titles[part]);
    },
  });
  progress(0.95, 'outlines');
  const { boxes, labels, scores, masks, keypoints, keypointScores } = found;
  const outlines = masks?.map((mask) => maskOutline(mask));
  if (outlines !== undefined) end('outlines');
  return {
    boxes, labels, scores, masks, outlines, keypoints, keypointScores, times, preparedMs,
    model: summaryOf(model),
    engine: engine.name,
    engineReason: engine.reason,
  };
};
