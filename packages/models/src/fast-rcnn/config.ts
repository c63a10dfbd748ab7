import type { DeltaStatistics, Suppression } from '@rcnn/heads';
import type { BackboneConfig, ImageConfig, PyramidConfig } from '../config.ts';
import type { BoxLossName } from '../region-losses.ts';
import type { SvmConfig } from '../region-classifier/config.ts';
import type { RegionNetworkConfig } from '../networks/region-network.ts';

/** A classifier network as a detector's backbone. Its convolutions carry biases alone. */
export interface NetworkBackboneConfig extends Required<Omit<RegionNetworkConfig, 'pooled'>> {
  readonly norm: 'folded';
  /** Prefixes of parameter names that training leaves alone: fine-tuning begins above them (Fast R-CNN, §4.5). */
  readonly frozen: readonly string[];
}

/** How a region is cut out of a map. */
export type RegionOperatorConfig =
  | { readonly kind: 'pool'; readonly resolution: number }
  | { readonly kind: 'align'; readonly resolution: number; readonly samplingRatio: number; readonly aligned: boolean };

/** Ranks of fc6 and fc7 after truncated SVD (Fast R-CNN, §3.1); null where they are whole. */
export type RanksConfig = readonly [number, number] | null;

/**
 * What a region's features are. `network`: fc6 and fc7 of the classifier network that is the backbone, over RoIPool in the
 * place of its last pooling, with dropout. `layers`: two new fully connected layers. `stage`: the last stage of a ResNet,
 * then the mean.
 */
export type RegionsConfig =
  | { readonly kind: 'network'; readonly ranks: RanksConfig }
  | {
      readonly kind: 'layers';
      readonly operator: RegionOperatorConfig;
      readonly hidden: readonly [number, number];
      readonly ranks: RanksConfig;
      /** Of a pyramid: the side of a box that is pooled from the level `canonicalLevel`. */
      readonly canonicalSize: number;
      readonly canonicalLevel: number;
    }
  | { readonly kind: 'stage'; readonly operator: RegionOperatorConfig };

/** The network from pixels to the features of regions; `fpn` is null for a single map. */
export interface RegionTrunkConfig {
  readonly backbone: BackboneConfig | NetworkBackboneConfig;
  readonly fpn: PyramidConfig | null;
  readonly regions: RegionsConfig;
}

/** How regions learn their classes and boxes, and what becomes of them. */
export interface RegionBoxConfig {
  readonly foreground: number;
  /** A region is background from the first of these IoUs up to the second. */
  readonly background: readonly [number, number];
  /** Regions an image, at most this share of them objects. */
  readonly samples: number;
  readonly positiveFraction: number;
  /** `random`, as published; `hard`: those with the greatest losses (Shrivastava et al. 2016). */
  readonly sampling: 'random' | 'hard';
  /** What deltas are multiplied by, or the statistics of each class that they are normalised by. */
  readonly targets:
    | { readonly kind: 'weights'; readonly weights: readonly [number, number, number, number] }
    | ({ readonly kind: 'statistics' } & DeltaStatistics);
  readonly boxes: 'per-class' | 'agnostic';
  /** What boxes are learnt by; β is smooth L1's. */
  readonly loss: BoxLossName;
  readonly beta: number;
  readonly lambda: number;
  readonly scoreThreshold: number;
  readonly nmsThreshold: number;
  readonly suppression: Suppression;
  readonly limit: number;
}

/** Linear SVMs on the trained network's features, in R-CNN's way (Fast R-CNN, §5.4). */
export interface PostHocSvmConfig extends SvmConfig {
  /** How many regions of a class an image of the training set has on average at the score that is its threshold. */
  readonly perImage: number;
  /**
   * A region is a negative from this IoU on with an object of any class: 0, as published, makes one of every region far from all
   * objects, and so of objects that nobody has labelled.
   */
  readonly negativeFrom: number;
}

/** Fast R-CNN (Girshick 2015), every number of it; sizes are pixels of the resized input. */
export interface FastRcnnConfig extends RegionTrunkConfig {
  readonly model: 'fast-rcnn';
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  /**
   * Shorter sides in place of the image's own, none for that one alone (§3.2). In training each batch has one of them, at
   * random; in detection each region is computed at the scale where its area is nearest to 224² pixels.
   */
  readonly scales: { readonly train: readonly number[]; readonly test: readonly number[] };
  readonly box: RegionBoxConfig;
  /** What scores regions in detection: the softmax that is learnt with the network, or SVMs that are learnt after it. */
  readonly classifier: 'softmax' | 'svm';
  readonly svm: PostHocSvmConfig;
}
