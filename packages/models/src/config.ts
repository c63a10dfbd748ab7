import type { NormKind } from '@rcnn/nn';

/** The backbones there are. */
export const backboneNames = ['resnet18', 'resnet34', 'resnet50', 'mobilenet_v2'] as const;

/** One of {@link backboneNames}. */
export type BackboneName = (typeof backboneNames)[number];

/** How images become the network's input. */
export interface ImageConfig {
  /** The shorter side is resized to this, … */
  readonly minSize: number;
  /** … unless the longer one would pass this. */
  readonly maxSize: number;
  /** Per channel of RGB in [0, 1]: (x − mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The network that computes features. */
export interface BackboneConfig {
  readonly name: BackboneName;
  readonly norm: NormKind;
  /** Channels against the published network's. */
  readonly width: number;
  /** `torch`: the same zeros on every side. `tensorflow`: the odd pixel at the end, as weights from TensorFlow expect. */
  readonly padding: 'torch' | 'tensorflow';
  /** log₂ of the strides of the finest and the coarsest map that the pyramid is built from. */
  readonly levels: readonly [number, number];
  /** Prefixes of parameter names that training leaves alone. */
  readonly frozen: readonly string[];
}

/** The configuration of any detector that is trained end to end. */
export type DetectorConfig = FasterRcnnConfig;

/** Faster R-CNN with a feature pyramid, every number of it; sizes are pixels of the resized input. */
export interface FasterRcnnConfig {
  readonly model: 'faster-rcnn';
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  readonly backbone: BackboneConfig;
  readonly fpn: { readonly channels: number };
  readonly anchors: {
    /** For each level of the pyramid, the pooled one included. */
    readonly sizes: readonly (readonly number[])[];
    readonly ratios: readonly number[];
  };
  readonly rpn: {
    readonly foreground: number;
    readonly background: number;
    readonly samples: number;
    readonly positiveFraction: number;
    readonly nmsThreshold: number;
    readonly minSize: number;
    readonly train: { readonly preNms: number; readonly postNms: number };
    readonly test: { readonly preNms: number; readonly postNms: number };
    readonly beta: number;
  };
  readonly box: {
    readonly resolution: number;
    readonly samplingRatio: number;
    readonly aligned: boolean;
    readonly canonicalSize: number;
    readonly canonicalLevel: number;
    readonly hidden: number;
    readonly foreground: number;
    readonly samples: number;
    readonly positiveFraction: number;
    readonly weights: readonly [number, number, number, number];
    readonly beta: number;
    readonly scoreThreshold: number;
    readonly nmsThreshold: number;
    readonly limit: number;
  };
}
