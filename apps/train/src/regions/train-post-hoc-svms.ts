import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@rcnn/datasets';
import { stateDict, type FastRcnn, type RegionLimits } from '@rcnn/models';
import { toFloat32, type StateDict } from '@rcnn/weights';
import { searchImages } from '../proposals/search-images.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { svmsFile, type FastRcnnRunConfig } from './post-hoc-run.ts';
import { extractFeatures, type FeatureModel } from './region-features.ts';
import { planRegions } from './region-plan.ts';
import { stageParameters } from './stage-parameters.ts';
import { trainSvms } from './train-svms.ts';

/** What {@link trainPostHocSvms} needs beside the network. */
export interface PostHocSvmsOptions {
  readonly directory: RunDirectory;
  readonly dataset: Dataset;
  readonly onDamaged: (error: Error) => void;
}

/** Fast R-CNN looks at every region that is proposed. */
const allRegions: RegionLimits = { nmsThreshold: 1, train: Infinity, test: Infinity };

/**
 * SVMs on the features of a trained Fast R-CNN, negatives mined in R-CNN's way (Fast R-CNN, §5.4): the network computes each image
 * of the training set once, unmirrored; an object is a positive, a region below the overlap a negative, what is between neither.
 * As parameters `svms.weight`, `svms.bias`, `svms.threshold`. Goes on where it was interrupted; what is there already is read.
 */
export async function trainPostHocSvms(model: FastRcnn, { proposals, seed, model: config }: FastRcnnRunConfig, { directory, dataset, onDamaged }: PostHocSvmsOptions): Promise<StateDict> {
  mkdirSync(directory.svms, { recursive: true });
  const searched = await searchImages(dataset.examples, proposals);
  const plan = await planRegions(dataset, { regions: allRegions }, { proposals: searched, use: 'train', onDamaged });
  const { image, scales, backbone, fpn, regions, classes, svm } = config;
  const features = await extractFeatures(
    { identity: { network: hashOf(model), model: { image, scales: scales.test, backbone, fpn, regions } }, dimensions: model.width, featuresOf: model.features },
    { plan, folder: join(directory.svms, `features-${dataset.split}`), precision: 'float16', label: `features of ${dataset.split}` },
  );
  // What lies on disk is what SVMs see, whatever the layer's name.
  const source: FeatureModel = {
    config: { classes, svm, test: { perImage: svm.perImage, preNms: Infinity } },
    dimensions: { pool5: model.width, fc6: model.width, fc7: model.width },
    features: (rows) => Promise.resolve(rows),
  };
  return stageParameters('svms', await trainSvms(source, features, { layer: 'fc7', file: svmsFile(directory), seed, negativeFrom: svm.negativeFrom }));
}

/** Of all parameters that features, classes and boxes depend on. */
function hashOf({ parameters }: FastRcnn): string {
  const hash = createHash('sha256');
  for (const [name, weight] of stateDict(parameters.filter((parameter) => !parameter.name.startsWith('svms.')))) {
    const { data } = toFloat32(weight);
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
