import type { WarpMode } from '@rcnn/roi-ops';
import type { PixelScale } from '../networks/pixel-scales.ts';
import type { RegionNetworkConfig } from '../networks/region-network.ts';

/** The layers whose features SVMs may learn from (R-CNN, §3.2). */
export const featureLayers = ['pool5', 'fc6', 'fc7'] as const;

/** One of {@link featureLayers}. */
export type FeatureLayer = (typeof featureLayers)[number];

/** Fine-tuning of the network as a classifier of regions (R-CNN, §2.3). Counts are per image of a batch. */
export interface FinetuningConfig {
  /** A region is its object's class at this IoU or above, … */
  readonly foreground: number;
  /** … and background from the first of these IoUs up to the second. */
  readonly background: readonly [number, number];
  readonly positives: number;
  readonly negatives: number;
}

/** The linear SVMs, one a class, and how their negatives are mined (R-CNN, §2.3 and appendix B). */
export interface SvmConfig {
  /** C of liblinear. */
  readonly cost: number;
  /** What a positive's slack costs against a negative's. */
  readonly positiveWeight: number;
  /** The constant that the bias is the weight of. */
  readonly bias: number;
  /** A region is a negative of a class below this IoU with every object of it. */
  readonly negativeBelow: number;
  /** Features are scaled so that their mean norm is this. */
  readonly featureNorm: number;
  /** Images and regions of each from which the mean norm is taken. */
  readonly statistics: { readonly images: number; readonly regions: number };
  /** A negative that scores above this is hard. */
  readonly hardThreshold: number;
  /** A negative that scores below this is let go. */
  readonly evictThreshold: number;
  /** SVMs are trained again after so many new negatives. */
  readonly retrainAfter: number;
}

/** The ridge regression of boxes on pool5 (R-CNN, appendix C). */
export interface RegressionConfig {
  readonly lambda: number;
  /** Regions above this IoU with an object learn to become it. */
  readonly minOverlap: number;
  /** At most so many regions of a class are learnt from, drawn at random; all if null. */
  readonly limit: number | null;
}

/** Scoring and suppression (R-CNN, §2.2). */
export interface RegionTestConfig {
  /** Regions computed at once. */
  readonly batch: number;
  /** Regions of a class that are kept before suppression. */
  readonly preNms: number;
  /** How many of them an image has on average at the learned threshold. */
  readonly perImage: number;
  readonly nmsThreshold: number;
}

/** Proposals that are nearly alike are one. */
export interface RegionLimits {
  /** Of two regions with an IoU above this, the lower in rank is left out; 1 keeps all. */
  readonly nmsThreshold: number;
  /** Regions of an image in training and in detection. */
  readonly train: number;
  readonly test: number;
}

/** The network that classifies regions. */
export interface RegionBackboneConfig extends Required<RegionNetworkConfig> {
  /** Its convolutions carry biases alone. */
  readonly norm: 'folded';
  /** Prefixes of parameter names that fine-tuning leaves alone. */
  readonly frozen: readonly string[];
}

/** What R-CNN and SPPnet have in common. */
export interface RegionClassifierConfig {
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly backbone: RegionBackboneConfig;
  readonly pixels: PixelScale;
  readonly regions: RegionLimits;
  /** Null leaves the network as it was pre-trained. */
  readonly finetuning: FinetuningConfig | null;
  /** What the SVMs see. */
  readonly features: FeatureLayer;
  /** `softmax`: the classifier learnt in fine-tuning, in place of SVMs (R-CNN, appendix B). */
  readonly classifier: 'svm' | 'softmax';
  readonly svm: SvmConfig;
  /** Null leaves boxes as they were proposed. */
  readonly regression: RegressionConfig | null;
  readonly test: RegionTestConfig;
}

/** R-CNN (Girshick et al. 2014), every number of it. */
export interface RcnnConfig extends RegionClassifierConfig {
  readonly model: 'rcnn';
  /** How a region becomes the network's input (appendix A). */
  readonly crop: {
    /** Side of the input, and pixels of it around the region. */
    readonly size: number;
    readonly padding: number;
    readonly mode: WarpMode;
  };
}

/** SPPnet for detection (He et al. 2014, §4), every number of it. */
export interface SppnetConfig extends RegionClassifierConfig {
  readonly model: 'sppnet';
  /** Shorter sides that an image is resized to; one alone is single-scale. */
  readonly scales: readonly number[];
  /** Bins a side of each level of the spatial pyramid. */
  readonly levels: readonly number[];
  /**
   * What the mean norm of pooled features is brought to before fc6 reads them, where fc6 starts from random values; null
   * leaves them as they are, as an fc6 that was pre-trained wants them.
   */
  readonly fc6Norm: number | null;
}
