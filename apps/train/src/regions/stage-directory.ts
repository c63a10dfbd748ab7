import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureLayer } from '@rcnn/models';

/** The files of the stages that build on one network: fine-tuned, or as it was pre-trained. */
export interface StageDirectory {
  readonly root: string;
  /** The network's parameters. */
  readonly network: string;
  /** The features of the regions of a split; common to both networks where fine-tuning does not change them. */
  readonly features: (split: string) => string;
  readonly svms: (layer: FeatureLayer) => string;
  readonly regressors: string;
}

/** Where they are in a run, made if need be. */
export function stageDirectory(run: string, kind: 'finetuned' | 'pretrained', system: 'rcnn' | 'sppnet'): StageDirectory {
  const root = join(run, kind);
  mkdirSync(root, { recursive: true });
  return {
    root,
    network: join(root, 'network.safetensors'),
    features: (split) => join(system === 'sppnet' ? run : root, `features-${split}`),
    svms: (layer) => join(root, `svms-${layer}.safetensors`),
    regressors: join(root, 'regressors.safetensors'),
  };
}
