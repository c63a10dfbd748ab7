import { mirroredKeypoints } from '@rcnn/geometry';
import { augmentedDetect, type DetectorConfig } from '@rcnn/models';
import { keypointNamesOf } from './keypoint-names.ts';
import type { RunConfig } from './run-config.ts';
import type { RunModel } from './run-model.ts';

/** Test-time augmentation: the mirrored image too, and shorter sides to look at it at; none: the model's own. */
export interface Augmentation {
  readonly sizes: readonly number[];
}

/** The value of `--augment`: true without one. @throws Error unless it is a list of sizes */
export function parseAugmentation(value: string | true | undefined): Augmentation | undefined {
  if (value === undefined) return undefined;
  if (value === true) return { sizes: [] };
  const sizes = value.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 16)) {
    throw new Error(`option '--augment': expected whole numbers of at least 16, such as 200,240,288, got ${value}`);
  }
  return { sizes };
}

/** Options of {@link augmentedModel}. */
export interface AugmentedOptions {
  readonly nmsThreshold?: number | undefined;
  /** Detections kept an image. */
  readonly limit?: number | undefined;
  /** Names of the keypoints that the models find, if they find any. */
  readonly keypoints?: readonly string[] | undefined;
}

/** The model of a run at each size asked for, as one; `open` gives it its parameters. @throws Error if it has no size that could be another */
export function openAugmented(config: RunConfig['model'], open: (config: DetectorConfig) => RunModel, { sizes }: Augmentation): RunModel {
  const models = sizes.length === 0 ? [open(config)] : sizes.map((minSize) => open(atSize(config, minSize)));
  const { nmsThreshold, limit }: AugmentedOptions = 'box' in config ? config.box : {};
  return augmentedModel(models, { nmsThreshold, limit, keypoints: keypointNamesOf(config)?.names });
}

/** What several models find in an image and in its mirror image, as one model. It owns them. */
export function augmentedModel(models: readonly RunModel[], { nmsThreshold, limit, keypoints }: AugmentedOptions = {}): RunModel {
  const options = { ...(nmsThreshold !== undefined && { nmsThreshold }), ...(limit !== undefined && { limit }), mirroredKeypoints: keypoints && mirroredKeypoints(keypoints) };
  return {
    detect: async (images, proposals) => {
      const found: Awaited<ReturnType<RunModel['detect']>> = [];
      for (const [i, image] of images.entries()) found.push(await augmentedDetect(models, image, { ...options, proposals: proposals?.[i] }));
      return found;
    },
    dispose: () => models.forEach((model) => model.dispose()),
  };
}

/** A configuration at another shorter side; the longer may grow in proportion. */
function atSize(config: RunConfig['model'], minSize: number): DetectorConfig {
  if (!('image' in config)) throw new Error(`option '--augment': expected no sizes for ${config.model}, whose crops or scales are its own`);
  const { image } = config;
  const scaled = { ...config, image: { ...image, minSize, maxSize: Math.round((image.maxSize * minSize) / image.minSize) } };
  return config.model === 'fast-rcnn' ? ({ ...scaled, scales: { ...config.scales, test: [] } } as DetectorConfig) : scaled;
}
