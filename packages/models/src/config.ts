import type { NormKind } from '@rcnn/nn';
import type { AnchorForm, RpnForm, RpnNormalization } from '@rcnn/rpn';
import type { CascadeRcnnConfig } from './cascade/config.ts';
import type { FastRcnnConfig } from './fast-rcnn/config.ts';
import type { KeypointRcnnConfig } from './keypoints/config.ts';
import type { BoxLossName } from './region-losses.ts';
import type { RcnnConfig, SppnetConfig } from './region-classifier/config.ts';
import type { RegionProposalNetworkConfig, SingleMapFasterRcnnConfig, SingleMapMaskRcnnConfig } from './single-map/config.ts';

/** The backbones there are. */
export const backboneNames = [
  'resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnext50_32x4d', 'resnext101_32x4d', 'resnext101_32x8d', 'resnext101_64x4d',
  'mobilenet_v2', 'mobilenet_v3_large',
] as const;

/** One of {@link backboneNames}. */
export type BackboneName = (typeof backboneNames)[number];

/**
 * How the extents of a resized image become whole numbers. `exact`: rounded down. `single`: the same, but of a scale in single
 * precision, as in torchvision 0.14, which loses a pixel of some extents. `nearest`: as in Detectron2.
 */
export const sizeRoundings = ['exact', 'single', 'nearest'] as const;

/** One of {@link sizeRoundings}. */
export type SizeRounding = (typeof sizeRoundings)[number];

/** How images become the network's input. */
export interface ImageConfig {
  /** The shorter side is resized to this, … */
  readonly minSize: number;
  /** … unless the longer one would pass this. */
  readonly maxSize: number;
  /** How the extents are rounded; `exact` unless said. */
  readonly rounding?: SizeRounding | undefined;
  /** Shorter sides of which each image has one in training, at random (multi-scale training); `minSize` alone unless there are any. */
  readonly trainSizes?: readonly number[] | undefined;
  /** Per channel of RGB in [0, 1]: (x − mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The network that computes features. */
export interface BackboneConfig {
  readonly name: BackboneName;
  readonly norm: NormKind;
  /** ε of a frozen or trained batch norm: 1e-5, but 0 for the weights that torchvision released as `COCO_V1` of a ResNet. */
  readonly epsilon: number;
  /** Channels against the published network's. */
  readonly width: number;
  /** `torch`: the same zeros on every side. `tensorflow`: the odd pixel at the end, as weights from TensorFlow expect. */
  readonly padding: 'torch' | 'tensorflow';
  /**
   * log₂ of the strides of the finest and the coarsest map that the pyramid is built from. Level 6 of MobileNet v3 is its last
   * 1×1 convolution, of the same stride as level 5.
   */
  readonly levels: readonly [number, number];
  /** Prefixes of parameter names that training leaves alone. */
  readonly frozen: readonly string[];
  /** Which convolution of a ResNet's bottleneck has the stride: torchvision's 3×3 unless it says 1×1, as He et al. published it. */
  readonly bottleneckStride?: '1x1' | '3x3' | undefined;
}

/** The configuration of any detector that is trained end to end. */
export type DetectorConfig =
  | FasterRcnnConfig | CascadeRcnnConfig | SingleMapFasterRcnnConfig | FastRcnnConfig | RegionProposalNetworkConfig | MaskRcnnConfig | SingleMapMaskRcnnConfig | KeypointRcnnConfig | RcnnConfig | SppnetConfig;

/** How a region proposal network learns and proposes. */
export interface RpnConfig {
  /** 3×3 convolutions of the head. */
  readonly depth: number;
  /** One logit an anchor, or the paper's two; the same probabilities either way. */
  readonly form: RpnForm;
  readonly foreground: number;
  readonly background: number;
  readonly samples: number;
  readonly positiveFraction: number;
  /** Anchors that reach over the image's edge by more than these pixels are not learnt from; null keeps all. */
  readonly boundary: number | null;
  readonly beta: number;
  /** What the sums of the two losses are divided by, and what that of the boxes counts. */
  readonly normalization: RpnNormalization;
  readonly lambda: number;
  /** IoU within which a better proposal suppresses another; 1 suppresses none. */
  readonly nmsThreshold: number;
  /** The shortest side that a proposal may have, in pixels … */
  readonly minSize: number;
  /** … of the input, or of the image before it is resized, as in Faster R-CNN's own code; of the input unless said. */
  readonly minSizeIn?: 'input' | 'image' | undefined;
  /** Proposals that are objects with less probability are left out. */
  readonly scoreThreshold: number;
  /** Whether the best are kept, or any; and whether anchors are moved: the ablations of Faster R-CNN, §4.1. */
  readonly ranking: 'score' | 'random';
  readonly regression: boolean;
  readonly train: { readonly preNms: number; readonly postNms: number };
  readonly test: { readonly preNms: number; readonly postNms: number };
}

/** A feature pyramid's channels, and the norm of its convolutions; `none`: a bias. */
export interface PyramidConfig {
  readonly channels: number;
  readonly norm: NormKind | 'none';
}

/** The anchors of every level of maps. */
export interface AnchorsConfig {
  /** For each level of the pyramid, the pooled one included; one row for a single map. */
  readonly sizes: readonly (readonly number[])[];
  readonly ratios: readonly number[];
  /** Rounded as torchvision rounds, exact as in Detectron2, or as in Faster R-CNN's own code. */
  readonly form: AnchorForm;
}

/** Faster R-CNN with a feature pyramid, every number of it; sizes are pixels of the resized input. */
export interface FasterRcnnConfig {
  readonly model: 'faster-rcnn';
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  readonly backbone: BackboneConfig;
  readonly fpn: PyramidConfig;
  readonly anchors: AnchorsConfig;
  readonly rpn: RpnConfig;
  readonly box: {
    readonly resolution: number;
    readonly samplingRatio: number;
    readonly aligned: boolean;
    readonly canonicalSize: number;
    readonly canonicalLevel: number;
    readonly hidden: number;
    /** 3×3 convolutions with batch norm before one fully connected layer; 0: two fully connected layers alone. */
    readonly convolutions: number;
    readonly foreground: number;
    readonly samples: number;
    readonly positiveFraction: number;
    readonly weights: readonly [number, number, number, number];
    /** What boxes are learnt by; β is smooth L1's. */
    readonly loss: BoxLossName;
    readonly beta: number;
    readonly scoreThreshold: number;
    readonly nmsThreshold: number;
    readonly limit: number;
  };
}

/** The operators that pool features of a region: RoIAlign, and those that Mask R-CNN is compared with. */
export const poolingNames = ['align', 'pool', 'warp'] as const;

/** One of {@link poolingNames}. */
export type PoolingName = (typeof poolingNames)[number];

/** Mask R-CNN with a feature pyramid: Faster R-CNN's numbers, and those of masks. */
export interface MaskRcnnConfig extends Omit<FasterRcnnConfig, 'model'> {
  readonly model: 'mask-rcnn';
  /** What pools the regions of the box head and of the mask head; samples as `box` says. */
  readonly pooling: PoolingName;
  readonly mask: {
    /** `fcn`: convolutions and a deconvolution, masks of twice the resolution. `mlp`: fully connected layers. */
    readonly head: 'fcn' | 'mlp';
    /** Side of the pooled features. */
    readonly resolution: number;
    /** 3×3 convolutions of an `fcn`, or fully connected layers of an `mlp` before its last, and how wide they are. */
    readonly layers: number;
    readonly hidden: number;
    /** Of the convolutions; `none`: a bias. */
    readonly norm: NormKind | 'none';
    /** `independent`: a sigmoid for each class. `multinomial`: the classes compete for each pixel. `agnostic`: one mask for all. */
    readonly classes: 'independent' | 'multinomial' | 'agnostic';
    /** `soft`: means of the object's pixels, as torchvision. `binary`: cut at one half, as Detectron2. */
    readonly targets: 'soft' | 'binary';
    /** A pixel belongs to an object if its probability is above. */
    readonly threshold: number;
  };
}
