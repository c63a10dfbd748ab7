import type * as tf from '@tensorflow/tfjs-core';
import type { Rng, Size } from '@rcnn/geometry';
import type { Regions } from '@rcnn/heads';
import type { Parameters, Pass } from '@rcnn/nn';
import type { NetworkBackboneConfig, RegionTrunkConfig } from './config.ts';
import { networkTrunk } from './network-trunk.ts';
import { backboneTrunk } from './backbone-trunk.ts';

/** A pass over regions; in training it may have a generator for dropout. */
export interface RegionPass extends Pass {
  readonly dropout?: Rng;
}

/** Features of regions, row i being the region that stood at `order[i]`. */
export interface RegionFeatures {
  readonly rows: tf.Tensor2D; // [R, width]
  readonly order: Uint32Array; // [R]
}

/** A network from pixels to maps, and from regions of the maps to features. */
export interface RegionTrunk {
  /** Channels of every map. */
  readonly channels: number;
  /** Pixels of the input to a cell of the map; undefined over a pyramid. */
  readonly stride?: number;
  /** Width of a region's features. */
  readonly width: number;
  /** The maps of a batch, finest first; of a pyramid the level for anchors alone is the last. */
  readonly maps: (pixels: tf.Tensor4D, pass: Pass) => tf.Tensor4D[];
  /** What the regions, in pixels of the input, look like. */
  readonly describe: (maps: readonly tf.Tensor4D[], regions: Regions, input: Size, pass: RegionPass) => RegionFeatures;
}

/**
 * The trunk of a configuration. Parameters `backbone.` for what is computed of an image, `roi_heads.box_head.` for what is
 * computed of regions; those of a classifier network are all below `backbone.`, and so is a ResNet's last stage.
 * @throws Error if regions are described by something that the backbone does not have
 */
export function createRegionTrunk(root: Parameters, { backbone, fpn, regions }: RegionTrunkConfig): RegionTrunk {
  if (isNetwork(backbone)) {
    if (fpn !== null || regions.kind === 'stage') throw new Error(`config: expected regions of kind network or layers and no pyramid with ${backbone.name}`);
    return networkTrunk(root, { backbone, regions });
  }
  if (regions.kind === 'network') throw new Error(`config: expected regions of kind layers or stage with ${backbone.name}, got network`);
  return backboneTrunk(root, { backbone, fpn, regions });
}

function isNetwork(backbone: RegionTrunkConfig['backbone']): backbone is NetworkBackboneConfig {
  return 'hidden' in backbone;
}
