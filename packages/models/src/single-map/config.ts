import type { AnchorsConfig, BackboneConfig, FasterRcnnConfig, ImageConfig, MaskRcnnConfig, PyramidConfig, RpnConfig } from '../config.ts';
import type { NetworkBackboneConfig, RegionBoxConfig, RegionOperatorConfig, RegionTrunkConfig } from '../fast-rcnn/config.ts';

/** A region proposal network by itself: what steps 1 and 3 of 4-step training train (Faster R-CNN, §3.2). */
export interface RegionProposalNetworkConfig {
  readonly model: 'rpn';
  /** Names of the classes 1…K, which it does not tell apart. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  readonly backbone: BackboneConfig | NetworkBackboneConfig;
  readonly fpn: PyramidConfig | null;
  readonly anchors: AnchorsConfig;
  /** Channels of the convolution that slides over the maps. */
  readonly rpnChannels: number;
  readonly rpn: RpnConfig;
}

/** Faster R-CNN as published (Ren et al. 2015), anchors and regions on one map, every number of it. */
export interface SingleMapFasterRcnnConfig extends RegionTrunkConfig {
  readonly fpn: null;
  readonly model: 'faster-rcnn-single-map';
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  readonly anchors: AnchorsConfig;
  /** Channels of the convolution that slides over the map: 256 for ZF, 512 for VGG16. */
  readonly rpnChannels: number;
  readonly rpn: RpnConfig;
  readonly box: RegionBoxConfig;
}

/** Mask R-CNN on one map (He et al. 2017, figure 4, left), every number of it. */
export interface SingleMapMaskRcnnConfig {
  readonly model: 'mask-rcnn-single-map';
  /** Names of the classes 1…K. */
  readonly classes: readonly string[];
  readonly image: ImageConfig;
  /** A ResNet; the stage after the last of its levels runs on regions. */
  readonly backbone: BackboneConfig;
  readonly anchors: AnchorsConfig;
  readonly rpnChannels: number;
  readonly rpn: RpnConfig;
  readonly operator: RegionOperatorConfig;
  readonly box: Pick<FasterRcnnConfig['box'], 'foreground' | 'samples' | 'positiveFraction' | 'weights' | 'beta' | 'scoreThreshold' | 'nmsThreshold' | 'limit'>;
  readonly mask: Pick<MaskRcnnConfig['mask'], 'hidden' | 'targets' | 'threshold'> & { readonly classes: 'independent' | 'agnostic' };
}
