import type { Rng } from '@rcnn/geometry';
import { cascadeRcnn } from './cascade/cascade-rcnn.ts';
import type { DetectorConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { fastRcnn } from './fast-rcnn/fast-rcnn.ts';
import { fasterRcnn } from './faster-rcnn.ts';
import { keypointRcnn } from './keypoints/keypoint-rcnn.ts';
import { maskRcnn } from './mask-rcnn.ts';
import { rcnn } from './region-classifier/rcnn.ts';
import { sppnet } from './region-classifier/sppnet.ts';
import { regionProposalNetwork } from './single-map/region-proposal-network.ts';
import { singleMapMaskRcnn } from './single-map/single-map-mask-rcnn.ts';
import { singleMapFasterRcnn } from './single-map/single-map-faster-rcnn.ts';

/** The detector that a configuration describes, its parameters drawn from `rng`. */
export function createDetector(config: DetectorConfig, rng: Rng): Detector {
  switch (config.model) {
    case 'faster-rcnn':
      return fasterRcnn(config, rng);
    case 'cascade-rcnn':
      return cascadeRcnn(config, rng);
    case 'mask-rcnn':
      return maskRcnn(config, rng);
    case 'mask-rcnn-single-map':
      return singleMapMaskRcnn(config, rng);
    case 'keypoint-rcnn':
      return keypointRcnn(config, rng);
    case 'rcnn':
      return rcnn(config, rng);
    case 'sppnet':
      return sppnet(config, rng);
    case 'faster-rcnn-single-map':
      return singleMapFasterRcnn(config, rng);
    case 'fast-rcnn':
      return fastRcnn(config, rng);
    case 'rpn':
      return regionProposalNetwork(config, rng);
  }
}
